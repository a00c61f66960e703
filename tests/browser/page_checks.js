// What a page owes its readers beyond what axe looks for. Each check gives sentences about what is wrong.

window.pageChecks = (() => {
  "use strict";

  const all = (selector) => [...document.querySelectorAll(selector)];
  const words = (element) => element.textContent.replace(/\s+/g, " ").trim();
  const named = (element) => `<${element.localName} ${element.id || element.name || words(element).slice(0, 40)}>`;
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".enter, .visually-hidden");
  const FIELDS = "input:not([type=hidden]), select, textarea";
  const CONTROLS = `button, .button, summary, ${FIELDS}`;

  function head() {
    const root = document.documentElement;
    const faults = [];
    if (all("h1").length !== 1) faults.push(`${all("h1").length} first headings`);
    if (!/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(root.lang)) faults.push(`lang is "${root.lang}"`);
    if (!["ltr", "rtl"].includes(root.dir)) faults.push(`dir is "${root.dir}"`);
    if (!document.title.trim()) faults.push("no title");
    if (all("main").length !== 1) faults.push("not one main part");
    return faults;
  }

  function sideways() {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = all("main *, header *, footer *").filter((e) => shown(e) && e.getBoundingClientRect().right > clientWidth + 1);
    return [`${scrollWidth} px wide in ${clientWidth}: ${wide.slice(-3).map(named).join(", ")}`];
  }

  // A link inside a sentence is as high as the sentence; one that stands by itself is a control.
  const standsAlone = (link) => words(link.parentElement) === words(link) || link.closest("nav, .acts, .buttons");

  function small() {
    const controls = [...all(CONTROLS), ...all("a[href]:not(.skip)").filter(standsAlone)].filter(shown);
    return controls.filter((e) => {
      const { width, height } = e.getBoundingClientRect();
      return width < 24 || height < 24;
    }).map((e) => `smaller than 24 px: ${named(e)} ${e.getBoundingClientRect().width}x${e.getBoundingClientRect().height}`);
  }

  function fields() {
    const faults = [];
    for (const field of all(FIELDS)) {
      if (!field.labels.length && !field.ariaLabel && !field.getAttribute("aria-labelledby")) faults.push(`no label: ${named(field)}`);
      if (field.placeholder) faults.push(`placeholder: ${named(field)}`);
      if (field.type === "radio" && !field.closest("fieldset")?.querySelector("legend")) faults.push(`no legend: ${named(field)}`);
    }
    for (const form of all("form")) {
      if (form.method === "post" && !form.elements.csrf_token) faults.push(`no token: ${form.action}`);
      if (form.method === "get" && form.elements.csrf_token) faults.push(`a token in an address: ${form.action}`);
    }
    return faults;
  }

  function references() {
    const faults = [];
    for (const name of ["aria-describedby", "aria-labelledby", "aria-controls", "for", "headers"]) {
      for (const element of all(`[${name}]`)) {
        for (const id of element.getAttribute(name).split(" ").filter(Boolean)) {
          if (!document.getElementById(id)) faults.push(`${name}="${id}" of ${named(element)} leads nowhere`);
        }
      }
    }
    for (const link of all("a[href^='#']")) {
      if (!document.getElementById(link.hash.slice(1))) faults.push(`${link.hash} leads nowhere`);
    }
    const ids = all("[id]").map((element) => element.id);
    for (const id of new Set(ids.filter((id, place) => ids.indexOf(id) !== place))) faults.push(`two of ${id}`);
    return faults;
  }

  function chosen() {
    const ticked = all("input[type=radio]:checked, input[type=checkbox]:checked");
    const selected = all("select").filter((select) => select.value !== "");
    return [...ticked, ...selected].map((field) => `chosen before a person chose: ${named(field)}`);
  }

  // The summary of faults: first, focused, each fault linked to its field and repeated there.
  async function problems() {
    const summary = document.querySelector(".problems");
    if (!summary) return ["no summary of what is wrong"];
    const faults = [];
    if (document.activeElement !== summary) faults.push(`focus is on ${named(document.activeElement)}`);
    if (summary.compareDocumentPosition(document.querySelector("h1")) !== Node.DOCUMENT_POSITION_FOLLOWING) faults.push("the summary is not first");
    const links = [...summary.querySelectorAll("a")];
    if (!links.length || links.length !== summary.querySelectorAll("li").length) faults.push("a fault without a link to its field");
    for (const link of links) {
      const target = document.getElementById(link.hash.slice(1));
      // A fault of a whole page, without a field to type into, is said once more where its link leads.
      const saidThere = target && !target.matches(FIELDS) && !target.querySelector(FIELDS) &&
        all(".fault").some((e) => words(e) && words(link).includes(words(e)));
      const invalid = target?.closest("[aria-invalid=true]") ?? target?.querySelector("[aria-invalid=true]");
      const ids = invalid?.getAttribute("aria-describedby")?.split(" ") ?? [];
      const said = ids.map((id) => document.getElementById(id)).filter((e) => e?.matches(".fault")).map(words);
      if (!saidThere && !said.some((text) => text && words(link).includes(text))) faults.push(`not said at the field: ${words(link)}`);
      link.focus();
      link.click();
      await new Promise(requestAnimationFrame);
      if (!target || !(document.activeElement === target || target.contains(document.activeElement))) faults.push(`does not lead to a field: ${words(link)}`);
    }
    for (const field of all("[aria-invalid=true]")) {
      if (!links.some((link) => field.closest(link.hash) || field.querySelector(link.hash))) faults.push(`not in the summary: ${named(field)}`);
    }
    if (!document.title.startsWith("Error:")) faults.push(`title is "${document.title}"`);
    return faults;
  }

  // With forced colours there are no shadows and no backgrounds: what frames a thing is its border or outline.
  function frames() {
    const faults = [];
    const bordered = (element) => ["Top", "Bottom", "Left", "Right"].some((side) => parseFloat(getComputedStyle(element)[`border${side}Width`]) > 0);
    for (const element of all(".tag, .note, .problems, button:not(.quiet, .enter), .button, input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea")) {
      if (shown(element) && !bordered(element)) faults.push(`no border: ${named(element)}`);
    }
    const focusable = `a[href], ${CONTROLS}`;
    for (const element of all(focusable).filter((e) => shown(e) && e.tabIndex >= 0 && !e.disabled)) {
      element.focus();
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      if (outlineStyle !== "auto" && (outlineStyle === "none" || parseFloat(outlineWidth) < 2)) faults.push(`focus cannot be seen: ${named(element)}`);
    }
    return faults;
  }

  async function axe() {
    const options = { resultTypes: ["violations"], rules: { "target-size": { enabled: true } } };
    const { violations } = await window.axe.run(document, options);
    return violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.html.slice(0, 200)} ${node.failureSummary}`));
  }

  return { axe, head, sideways, small, fields, references, chosen, problems, frames };
})();
