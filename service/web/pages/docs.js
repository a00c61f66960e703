// Shows /openapi.json by Swagger UI, with nothing fetched from another host (no validator).
window.addEventListener("load", function () {
  window.SwaggerUIBundle({
    dom_id: "#swagger-ui",
    url: "/openapi.json",
    deepLinking: true,
    validatorUrl: null,
    presets: [window.SwaggerUIBundle.presets.apis],
  });
});
