// Opens the reader of the contract (Swagger UI) in the room that the page has for it.
'use strict';

{
  const room = document.getElementById('reader');
  const status = room.querySelector('[role=status]');

  // What may be left out is left empty: the examples of all parameters at once ask for nothing sensible.
  function withoutOptional(contract) {
    const forget = parameter => {
      if (parameter.required) return;
      delete parameter.example;
      delete parameter.schema?.example;
    };
    Object.values(contract.components?.parameters ?? {}).forEach(forget);
    for (const path of Object.values(contract.paths ?? {})) {
      for (const operation of Object.values(path)) operation.parameters?.forEach(forget);
    }
    return contract;
  }

  // The page has its own head, main part and title: of the reader it shows the operations.
  const plain = ({React: {createElement: h}}) => ({
    components: {
      OperationsAlone: ({getComponent}) => h('div', {className: 'swagger-ui', lang: 'en'},
        h(getComponent('SvgAssets')), h(getComponent('errors', true)), h(getComponent('operations', true))),
      // A link within a button can be reached by nobody.
      DeepLink: ({text}) => h('span', null, text),
    },
    statePlugins: {spec: {wrapActions: {updateJsonSpec: update => contract => update(withoutOptional(contract))}}},
  });

  // Fields say what they are, and what scrolls can be scrolled with the keyboard.
  function mend() {
    for (const field of room.querySelectorAll(':is(input, select, textarea):not([aria-label])')) {
      field.setAttribute('aria-label', field.closest('[data-param-name]')?.dataset.paramName
        ?? (field.tagName === 'SELECT' ? 'Media type' : 'Request body'));
    }
    for (const box of room.querySelectorAll('pre:not([tabindex])')) box.tabIndex = 0;
  }

  const open = () => {
    room.replaceChildren();
    new MutationObserver(mend).observe(room, {childList: true, subtree: true});
    SwaggerUIBundle({
      url: '/openapi.yaml', domNode: room, layout: 'OperationsAlone', plugins: [plain], deepLinking: true,
      tryItOutEnabled: true, docExpansion: 'list', syntaxHighlight: false, validatorUrl: null,
    });
  };

  status.textContent = say('Le lecteur se charge…', 'The reader is loading…');
  const style = document.createElement('link');
  style.rel = 'stylesheet';
  style.href = room.dataset.style;
  document.querySelector('link[rel=stylesheet]').before(style);
  const script = document.createElement('script');
  script.src = room.dataset.script;
  script.addEventListener('load', open);
  script.addEventListener('error', () => {
    status.textContent = say('Le lecteur n’a pas pu être chargé.', 'The reader could not be loaded.');
  });
  document.head.append(script);
}
