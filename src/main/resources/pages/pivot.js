// Comfort for those who have scripts; every page reads and every form works without.
'use strict';

const english = document.documentElement.lang === 'en';
/** French signs that want a space before them get one that holds. */
const typeset = text => (english ? text : text.replace(/ (?=[:;?!»%])/g, '\u00a0').replace(/« /g, '«\u00a0'));
const say = (fr, en) => typeset(english ? en : fr);

function copyButton(text) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = say('Copier', 'Copy');
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(text);
    button.textContent = say('Copié', 'Copied');
  });
  return button;
}

if (navigator.clipboard) {
  // An address is copied whole, with the name of this server.
  for (const link of document.querySelectorAll('a[data-copy]')) link.after(copyButton(link.href));
  for (const example of document.querySelectorAll('pre.example')) {
    const holder = document.createElement('div');
    holder.className = 'holder';
    example.replaceWith(holder);
    holder.append(example, copyButton(example.textContent.trimEnd()));
  }
}

// What scrolls sideways can be scrolled with the keyboard; where nothing is hidden nobody has to stop.
const scrollers = document.querySelectorAll('.guide pre, .guide .scroll');
const reach = () => scrollers.forEach(box => {
  if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  else box.removeAttribute('tabindex');
});
if (scrollers.length > 0) {
  reach();
  addEventListener('resize', reach);
}

// Where the page of a code is.
function address(item) {
  const path = `/referentiels/${encodeURIComponent(item.referential)}/codes/${encodeURIComponent(item.code)}`;
  return english ? path + '?lang=en' : path;
}

// Suggests codes as one types (the combobox of the ARIA practices: focus stays in the field). What is
// chosen leads to its page, or to whoever asked.
function suggest(input, take = item => { location.href = address(item); }) {
  const list = document.createElement('ul');
  list.className = 'options';
  list.id = input.id + '-options';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', say('Suggestions', 'Suggestions'));
  list.hidden = true;
  input.after(list);
  const status = document.createElement('p');
  status.className = 'hidden';
  status.setAttribute('role', 'status');
  input.parentElement.append(status);
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-controls', list.id);
  input.setAttribute('aria-expanded', 'false');
  let chosen = -1;
  let offered = [];
  let timer;
  let asked;

  function close() {
    list.hidden = true;
    chosen = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  }

  function open() {
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
  }

  function choose(index) {
    chosen = (index + list.children.length) % list.children.length;
    [...list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === chosen)));
    list.children[chosen].scrollIntoView({block: 'nearest'});
    input.setAttribute('aria-activedescendant', list.children[chosen].id);
  }

  function finish(item) {
    close();
    take(item);
  }

  function show(items) {
    offered = items;
    list.replaceChildren(...items.map((item, i) => {
      const option = document.createElement('li');
      option.id = `${list.id}-${i}`;
      option.setAttribute('role', 'option');
      option.setAttribute('aria-selected', 'false');
      const code = document.createElement('span');
      code.className = 'code';
      code.textContent = item.code;
      const where = document.createElement('span');
      where.className = 'soft';
      where.textContent = [item.description, item.referential].filter(Boolean).join(' · ');
      option.append(item.label, ' ', code, ' ', where);
      return option;
    }));
    chosen = -1;
    input.removeAttribute('aria-activedescendant');
    list.hidden = items.length === 0;
    input.setAttribute('aria-expanded', String(items.length > 0));
    status.textContent = items.length === 0 ? '' : say(`${items.length} suggestions`, `${items.length} suggestions`);
  }

  async function ask() {
    const text = input.value.trim();
    asked?.abort();
    if (text.length < 2) return show([]);
    asked = new AbortController();
    try {
      const address = new URL(input.dataset.suggest, location.href);
      address.searchParams.set('limit', '8');
      address.searchParams.set('q', text);
      const answer = await fetch(address, {signal: asked.signal});
      show(answer.ok ? (await answer.json()).items : []);
    } catch {
      // another question is on its way, or the server is away: the form still works
    }
  }

  input.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 90);
  });
  input.addEventListener('keydown', event => {
    if (list.hidden) {
      // What Escape closed opens again.
      if (event.key !== 'ArrowDown' || offered.length === 0) return;
      open();
    }
    if (event.key === 'ArrowDown') choose(chosen + 1);
    else if (event.key === 'ArrowUp') choose(chosen < 0 ? -1 : chosen - 1);
    else if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && chosen >= 0) finish(offered[chosen]);
    else return;
    event.preventDefault();
  });
  list.addEventListener('mousedown', event => {
    const option = event.target.closest('li');
    event.preventDefault();
    if (option) finish(offered[[...list.children].indexOf(option)]);
  });
  input.addEventListener('blur', close);
}

for (const input of document.querySelectorAll('input[data-suggest]')) {
  // A field that asks for a code keeps what is chosen.
  if ('fill' in input.dataset) suggest(input, item => { input.value = `${item.label} (${item.code})`; });
  else suggest(input);
}
