// Comfort for those who have scripts; every page reads and every form works without.
'use strict';

const english = document.documentElement.lang === 'en';
const say = (fr, en) => (english ? en : fr);

// Copies an address whole, with the name of this server.
for (const link of document.querySelectorAll('a[data-copy]')) {
  if (!navigator.clipboard) break;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'copy';
  button.textContent = say('Copier', 'Copy');
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(link.href);
    button.textContent = say('Copié', 'Copied');
  });
  link.after(button);
}

// Suggests codes as one types (the combobox of the ARIA practices: focus stays in the field).
function suggest(input) {
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
  input.form.append(status);
  input.setAttribute('role', 'combobox');
  input.setAttribute('aria-autocomplete', 'list');
  input.setAttribute('aria-controls', list.id);
  input.setAttribute('aria-expanded', 'false');
  let chosen = -1;
  let timer;
  let asked;

  function close() {
    list.hidden = true;
    chosen = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  }

  function choose(index) {
    chosen = (index + list.children.length) % list.children.length;
    [...list.children].forEach((item, i) => item.setAttribute('aria-selected', String(i === chosen)));
    list.children[chosen].scrollIntoView({block: 'nearest'});
    input.setAttribute('aria-activedescendant', list.children[chosen].id);
  }

  function address(item) {
    const path = `/referentiels/${encodeURIComponent(item.referential)}/codes/${encodeURIComponent(item.code)}`;
    return english ? path + '?lang=en' : path;
  }

  function show(items) {
    list.replaceChildren(...items.map((item, i) => {
      const option = document.createElement('li');
      option.id = `${list.id}-${i}`;
      option.setAttribute('role', 'option');
      option.setAttribute('aria-selected', 'false');
      option.dataset.address = address(item);
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
    if (text.length < 2) return close();
    asked = new AbortController();
    try {
      const answer = await fetch(`${input.dataset.suggest}?limit=8&q=${encodeURIComponent(text)}`, {signal: asked.signal});
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
    if (list.hidden) return;
    if (event.key === 'ArrowDown') choose(chosen + 1);
    else if (event.key === 'ArrowUp') choose(chosen < 0 ? -1 : chosen - 1);
    else if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && chosen >= 0) location.href = list.children[chosen].dataset.address;
    else return;
    event.preventDefault();
  });
  list.addEventListener('mousedown', event => {
    const option = event.target.closest('li');
    event.preventDefault();
    if (option) location.href = option.dataset.address;
  });
  input.addEventListener('blur', close);
}

document.querySelectorAll('input[data-suggest]').forEach(suggest);
