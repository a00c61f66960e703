"""Pages for people: server-rendered, without need of JavaScript, over the API's actions and schemas.

``blueprint``   the blueprint of every part: guards against forged posts; ``page_needs`` says who may enter.
``log_in``      the log-in, the log-out and the language; ``cookies`` what a browser holds.
``rendering``   one way to make a page: ``render`` gives each template the words, the person and the menu.
``typed``       what somebody typed into a form: read with the API's schemas, shown again with its faults.
``once``        a form that is sent twice does its work once.
``errors``      what went wrong, as a page that loses nothing of what was typed.

Every other module is one part of what a person can do and has its templates in ``templates/``:
``frame.html.jinja`` is the page around them and ``fields.html.jinja`` has the parts of forms. No page has a
rule of its own, a style of its own or a text of its own: texts come from the catalogue by their key.
"""
