// Aligns a list: asks the API what it holds, shows what each value becomes, keeps what a person decides.
'use strict';
(() => {
  const form = document.querySelector('form.align');
  const meaning = byId('meaning-step');
  const answers = byId('answers');
  const trouble = form.querySelector('.trouble');
  const progress = form.querySelector('.progress');
  const STEP = 100;
  const LIKELY = 60; // a candidate below it looks like nothing in the list
  const SAMPLES = {
    names: 'commune\tdépartement\nSaint-Denis\t93\nSt Denis\t974\nChâlons-sur-Marne\t51\nMarsielle\t13\nHaye (La)\t50\nSaint-Martin\t\nTroarn\t14\nVallon de l’Erdre\t44\nNulle-Part\t75\n',
    codes: 'insee;montant\n01091;1200\n49144;350\n14712;4100\n76095;80\n01033;2500\n74010;9000\n99999;10\n',
  };
  let file; // what was pasted, chosen or dropped
  let detection;
  let asked; // what is asked of it, once it was
  let untitled = false; // whether a title was set above what was pasted
  let values = [];
  let shown = STEP;
  let filter = 'all';
  const choices = new Map();

  form.hidden = false;

  const some = (count, thing) => `${number(count)} ${thing}${count > 1 ? 's' : ''}`;
  const code = text => make('span', {class: 'code'}, text);
  function announce(text) { byId('told').textContent = text; }

  function complain(text) {
    trouble.hidden = !text;
    trouble.replaceChildren(text ? make('p', {}, text) : '');
  }

  async function problem(response) {
    try {
      const told = await response.json();
      return told.detail || told.title;
    } catch {
      return say('Le serveur n’a pas répondu comme prévu.', 'The server did not answer as expected.');
    }
  }

  // --- 1. The list ---

  function take(given, header) {
    file = given;
    untitled = false;
    complain('');
    answers.hidden = true;
    detect(header);
  }

  /** What was pasted as a file that spreadsheets open as a table: with its encoding told, and semicolons. */
  function asFile(text) {
    const lines = text.includes('\t')
      ? text.split(/\r?\n/).map(line => line.split('\t').map(cell => quote(cell, ';')).join(';')).join('\n')
      : text;
    return new File(['\uFEFF' + lines], say('liste.csv', 'list.csv'), {type: 'text/plain'});
  }

  let timer;
  byId('pasted').addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const text = byId('pasted').value;
      if (!text.trim()) return;
      byId('file').value = '';
      take(asFile(text));
    }, 400);
  });
  byId('file').addEventListener('change', () => {
    if (!byId('file').files[0]) return;
    byId('pasted').value = '';
    take(byId('file').files[0]);
  });
  onDrop(form.querySelector('.drop'), dropped => {
    put(byId('file'), dropped);
    byId('pasted').value = '';
    take(dropped);
  });
  for (const button of form.querySelectorAll('[data-sample]')) {
    button.addEventListener('click', () => {
      byId('pasted').value = SAMPLES[button.dataset.sample];
      byId('pasted').dispatchEvent(new Event('input'));
    });
  }

  // --- 2. What it holds ---

  /** Sets a title above a pasted column, for the file that is taken away. */
  function entitle() {
    file = asFile(`${say('valeur', 'value')}\n${byId('pasted').value}`);
    untitled = true;
    return detect(1);
  }

  async function detect(header) {
    const asking = file;
    const data = new FormData();
    data.append('file', await head(asking), asking.name);
    let response;
    try {
      response = await fetch('/v1/detections' + (header === undefined ? '' : `?header=${header}`),
        {method: 'POST', body: data, headers: {'Accept-Language': locale}});
    } catch {
      return complain(say('Le serveur ne répond pas.', 'The server does not answer.'));
    }
    if (asking !== file) return;
    if (!response.ok) {
      meaning.hidden = true;
      return complain(await problem(response));
    }
    detection = await response.json();
    // A pasted column seldom has a title, and nothing tells it from a value.
    if (header === undefined && detection.header.length === 1 && detection.file.headerConfidence <= 0.5
        && !detection.columns.some(c => c.candidates.some(d => d.header > 0))) {
      if (byId('pasted').value) return entitle();
      return detect(0);
    }
    await showMeaning();
  }

  function found(index) {
    return detection.columns.find(c => c.number === index + 1);
  }

  /** How likely a column is what people want to align: communes before what they lie in, numbers of firms last. */
  function worth(column) {
    const best = column?.candidates[0];
    const held = column?.referential ?? best?.referential;
    if (!held) return 0;
    const rank = {communes: 3, epci: 2, siren: -1, siret: -1, departements: 1, regions: 1}[held] ?? 2;
    return rank + (column.referential ? 0.5 : 0);
  }

  async function showMeaning() {
    const column = byId('column');
    const names = detection.header.map(c => c.name);
    column.replaceChildren(...names.map((name, i) => make('option', {value: `#${i + 1}`}, name || say(`colonne ${i + 1}`, `column ${i + 1}`))));
    const fits = detection.header.map((_, i) => worth(found(i)));
    column.selectedIndex = Math.max(0, fits.indexOf(Math.max(...fits)));
    byId('header').checked = detection.file.headerLine > 0 && !untitled;
    const described = [
      say(some(detection.rows, 'ligne'), some(detection.rows, 'row')),
      detection.file.encoding,
    ];
    meaning.querySelector('.seen').textContent = `${file.name}${say(' : ', ': ')}${described.filter(Boolean).join(', ')}.`;
    meaning.hidden = false;
    await showColumn();
    announce(say('La liste est lue : dites ce qu’elle devient.', 'The list is read: say what it becomes.'));
  }

  /** Values without two letters in a row are codes, whatever they are codes of. */
  const looksCoded = examples => examples.length > 0 && examples.every(e => !/\p{L}{2}/u.test(e));

  /** The referential that knows all of some codes; where several do, or none, a person has to say. */
  async function guess(examples) {
    const known = await Promise.all(GUESSES.map(async referential => {
      const response = await fetch(`/v1/referentials/${referential}/lookup?fields=code`,
        {method: 'POST', body: JSON.stringify(examples), headers: {'Content-Type': 'application/json'}}).catch(() => null);
      const answers = response?.ok ? await response.json() : [];
      return answers.filter(a => a.status !== 'unknown' && a.status !== 'invalid').length;
    }));
    const most = Math.max(...known);
    return most > 0 && known.filter(n => n === most).length === 1 ? GUESSES[known.indexOf(most)] : '?';
  }

  const GUESSES = ['communes', 'codes-postaux', 'departements', 'epci', 'naf', 'nace', 'siren']
    .filter(id => [...byId('from').options].some(o => o.value === id));

  async function showColumn() {
    const index = byId('column').selectedIndex;
    const column = found(index);
    const from = byId('from');
    const {examples} = detection.header[index];
    from.value = column?.referential ?? (looksCoded(examples) ? await guess(examples) : '');
    if (from.selectedIndex < 0) from.value = looksCoded(examples) ? '?' : '';
    const named = column?.candidates.find(c => c.content === 'labels')?.referential;
    if (named && !from.value) byId('to').value = named;
    else if (from.value && from.value !== '?') byId('to').value = from.value;
    editions(byId('from-edition'), from, false);
    editions(byId('to-edition'), byId('to'), true);
    if (column?.vintage && from.value) vintage(column.vintage);
    showFrom();
    contexts();
  }

  /** Chooses the edition, or the year, that the codes seem to be of: the youngest of those that fit. */
  function vintage({best, unit}) {
    const youngest = unit === 'year' ? best.split('-').pop() : best;
    const select = byId('from-edition');
    if ([...select.options].some(o => o.value === youngest)) {
      select.value = youngest;
    } else if (unit === 'year') {
      select.value = 'date';
      byId('from-date').value = `${youngest}-01-01`;
    }
    showDate('from');
  }

  function editions(select, referential, latest) {
    const list = (referential.selectedOptions[0]?.dataset.editions ?? '').split(' ').filter(Boolean);
    const options = list.map(edition => make('option', {value: edition}, edition));
    options.unshift(make('option', {value: ''},
      latest ? say(`d’aujourd’hui (${list[0]})`, `of today (${list[0]})`) : say('d’aujourd’hui', 'of today')));
    options.push(make('option', {value: 'date'}, say('à une date…', 'on a day…')));
    select.replaceChildren(...options);
    showDate(select.id.split('-')[0]);
  }

  function showDate(side) {
    byId(`${side}-date`).hidden = byId(`${side}-edition`).value !== 'date';
    byId(`${side}-date`).required = !byId(`${side}-date`).hidden;
  }

  function showFrom() {
    form.querySelector('.from-when').hidden = ['', '?'].includes(byId('from').value);
    form.querySelector('.contexts').hidden = Boolean(byId('from').value) || detection.header.length < 2;
  }

  /** What other columns tell: codes of what the target is tied to, by the names of its properties. */
  function contexts() {
    const set = form.querySelector('.contexts');
    const boxes = [];
    detection.header.forEach((column, i) => {
      if (i === byId('column').selectedIndex || !column.name) return;
      const held = found(i)?.candidates[0]?.referential;
      const property = PROPERTIES[held];
      if (!property) return;
      boxes.push(make('label', {class: 'box'},
        make('input', {type: 'checkbox', value: `#${i + 1}:${property}`, checked: true}),
        ` ${column.name}`));
    });
    set.replaceChildren(set.querySelector('legend'), ...boxes);
    if (!boxes.length) set.hidden = true;
  }

  const PROPERTIES = {
    'departements': 'departement', 'regions': 'region', 'epci': 'epci', 'codes-postaux': 'codePostal',
    'cantons': 'canton', 'arrondissements': 'arrondissement', 'communes': 'commune',
  };

  byId('column').addEventListener('change', showColumn);
  byId('from').addEventListener('change', () => { editions(byId('from-edition'), byId('from'), false); showFrom(); });
  byId('to').addEventListener('change', () => editions(byId('to-edition'), byId('to'), true));
  for (const side of ['from', 'to']) {
    byId(`${side}-edition`).addEventListener('change', () => showDate(side));
  }
  byId('header').addEventListener('change', () => {
    if (!byId('pasted').value) return detect(byId('header').checked ? 1 : 0);
    if (!byId('header').checked) return entitle();
    take(asFile(byId('pasted').value), 1);
  });

  function reference(side) {
    const edition = byId(`${side}-edition`).value;
    const at = edition === 'date' ? byId(`${side}-date`).value : edition;
    return byId(side).value + (at ? `@${at}` : '');
  }

  // --- 3. What is found ---

  form.addEventListener('submit', event => {
    event.preventDefault();
    complain('');
    if (byId('from').value === '?') {
      complain(say('Ces valeurs ressemblent à des codes : dites de quoi, dans « Elle contient ».',
        'These values look like codes: say of what, in "It holds".'));
      return byId('from').focus();
    }
    const isNames = !byId('from').value;
    const query = new URLSearchParams({column: byId('column').value, to: reference('to')});
    if (isNames) {
      const told = [...form.querySelectorAll('.contexts input:checked')].map(box => box.value);
      if (told.length) query.set('context', told.join(','));
    } else {
      query.set('from', reference('from'));
    }
    query.set('header', detection.file.headerLine);
    asked = {
      isNames, query,
      path: isNames ? '/v1/reconciliations' : '/v1/crosswalk',
      pair: `${isNames ? 'noms' : query.get('from')} ${query.get('to')}`,
      target: byId('to').value,
    };
    ask();
  });

  let running;

  function ask() {
    running?.abort();
    const request = new XMLHttpRequest();
    running = request;
    const data = new FormData();
    data.append('file', file);
    values = [];
    choices.clear();
    let read = 0;
    let total = 0;
    let summary;
    const bar = progress.querySelector('progress');
    const words = progress.querySelector('span');
    answers.hidden = true;
    progress.hidden = false;
    bar.removeAttribute('value');
    words.textContent = say('Envoi…', 'Sending…');
    request.open('POST', `${asked.path}?${asked.query}&format=ndjson`);
    request.setRequestHeader('Accept-Language', locale);
    request.upload.onprogress = event => {
      if (event.lengthComputable) bar.value = 100 * event.loaded / event.total;
    };
    const lines = () => {
      const text = request.responseText;
      for (let end = text.indexOf('\n', read); end >= 0; end = text.indexOf('\n', read)) {
        const line = JSON.parse(text.slice(read, end));
        read = end + 1;
        if (line.file) total = line.file.values;
        // What seems personal is not repeated, and so not decided of here.
        else if (line.value?.withheld) total--;
        else if (line.value) values.push(normal(line.value));
        else summary = line.summary;
      }
      bar.value = total ? 100 * values.length / total : 100;
      words.textContent = say(`${number(values.length)} valeurs sur ${number(total)}`,
        `${number(values.length)} of ${number(total)} values`);
    };
    request.onprogress = () => {
      if (request.status === 200) lines();
    };
    request.onload = async () => {
      progress.hidden = true;
      if (request.status !== 200) {
        return complain(await problem(new Response(request.responseText)));
      }
      lines();
      if (!summary) return complain(say('La réponse s’est interrompue.', 'The answer broke off.'));
      await remembered();
      show();
    };
    request.onerror = () => {
      progress.hidden = true;
      complain(say('Le serveur ne répond plus.', 'The server does not answer any more.'));
    };
    request.send(data);
  }

  const key = value => JSON.stringify([value.text, ...Object.values(value.context)]);

  /** A value as the table shows it, whichever question it answers. */
  function normal(value) {
    const context = value.context ?? {};
    if (!value.translation) {
      return {text: value.text, rows: value.rows, context, status: value.status, targets: value.candidates};
    }
    const {status, targets, detail, likely, label} = value.translation;
    return {
      text: value.text, rows: value.rows, context, status, label, detail, likely,
      targets: targets.map(t => ({
        code: t.code, label: t.label,
        description: t.share !== undefined && t.share !== 1
          ? `${(100 * t.share).toLocaleString(locale, {maximumFractionDigits: 1})}${say(' %', '%')}`
            + (t.basis === 'population' ? say(' de la population', ' of the population') : '') : '',
      })),
    };
  }

  const GROUPS = {
    single: 'done', merged: 'done', matched: 'done', split: 'split',
    'ambiguous': 'open', 'to-review': 'open', none: 'lost', unknown: 'lost', 'not-found': 'lost',
  };
  const group = value => choices.has(key(value)) ? 'chosen' : GROUPS[value.status];
  const STATUS = {
    single: say('certain', 'certain'), merged: say('certain (fusion)', 'certain (merged)'),
    matched: say('certain', 'certain'), split: say('partagé', 'split'), ambiguous: say('ambigu', 'ambiguous'),
    'to-review': say('à vérifier', 'to be looked at'), none: say('rien ne lui succède', 'nothing takes its place'),
    unknown: say('code inconnu', 'unknown code'), 'not-found': say('introuvable', 'not found'),
    chosen: say('votre choix', 'your choice'),
  };
  const FILTERS = {
    all: say('tous', 'all'), open: say('à décider', 'to decide'), split: say('plusieurs codes', 'several codes'),
    lost: say('sans réponse', 'without an answer'), chosen: say('vos choix', 'your choices'),
    done: say('certains', 'certain'),
  };

  function count() {
    const counts = {all: values.length, open: 0, split: 0, lost: 0, chosen: 0, done: 0};
    values.forEach(value => counts[group(value)]++);
    return counts;
  }

  function show() {
    const counts = count();
    filter = ['open', 'lost', 'split'].find(name => counts[name]) ?? 'all';
    shown = STEP;
    answers.hidden = false;
    draw();
    answers.querySelector('.several').hidden = asked.isNames;
    byId('answered').focus();
  }

  /** What is said above and below the table. */
  function outline() {
    const counts = count();
    const certain = values.filter(v => ['done', 'chosen'].includes(group(v)));
    const rows = list => list.reduce((sum, value) => sum + value.rows, 0);
    answers.querySelector('.summary').textContent = say(
      `Réponse trouvée pour ${some(certain.length, 'valeur')} sur ${number(values.length)}, soit ${some(rows(certain), 'ligne')} sur ${number(rows(values))}.`,
      `Answered: ${number(certain.length)} of ${some(values.length, 'value')}, ${number(rows(certain))} of ${some(rows(values), 'row')}.`);
    answers.querySelector('.filters').replaceChildren(...Object.keys(FILTERS)
      .filter(name => counts[name] || name === 'all')
      .map(name => make('button', {
        type: 'button', class: 'plain', 'aria-pressed': String(name === filter), click: () => {
          filter = name;
          shown = STEP;
          draw();
          answers.querySelector('.filters [aria-pressed=true]').focus();
        },
      }, `${FILTERS[name]} `, make('span', {class: 'count'}, number(counts[name])))));
    const sure = values.filter(v => group(v) === 'open' && best(v));
    answers.querySelector('.bulk').hidden = !sure.length;
    byId('accept').textContent = say(
      `Accepter ce qui est le plus probable (${some(sure.length, 'valeur')})`,
      `Accept what is likeliest (${some(sure.length, 'value')})`);
    answers.querySelector('.chosen-count').textContent = choices.size === 0
      ? say('Vous n’avez encore rien choisi.', 'You have chosen nothing yet.')
      : say(`Décidé par vous : ${some(choices.size, 'valeur')}.`, `Decided by you: ${some(choices.size, 'value')}.`);
    byId('save').disabled = choices.size === 0;
  }

  function draw() {
    outline();
    const list = values.filter(value => filter === 'all' || group(value) === filter);
    answers.querySelector('.decide tbody').replaceChildren(...list.slice(0, shown).map(row));
    byId('more').hidden = list.length <= shown;
  }

  /** The proposal that stands out: well above the next one, or what the events point to. */
  function best(value) {
    if (value.likely) return value.likely;
    const [first, second] = value.targets;
    return asked.isNames && first?.score >= 80 && (!second || first.score - second.score >= 10) ? first.code : null;
  }

  function link(target) {
    return make('a', {href: codePage(asked.target, target.code), target: '_blank', rel: 'noopener'},
      `${target.label ?? ''} `, code(target.code));
  }

  function row(value) {
    const status = group(value) === 'chosen' ? 'chosen' : value.status;
    const told = Object.values(value.context).filter(Boolean);
    const targets = choices.get(key(value)) ?? (group(value) === 'lost' ? [] : value.targets);
    const listed = ['split', 'chosen'].includes(group(value)) ? targets
      : group(value) === 'done' ? targets.slice(0, 1)
      : targets.slice(0, 1).filter(target => target.score === undefined || target.score >= LIKELY);
    return make('tr', {},
      make('th', {scope: 'row'}, value.text,
        value.label ? make('span', {class: 'soft'}, ` ${value.label}`) : null,
        told.length ? make('span', {class: 'soft'}, ` ${told.join(', ')}`) : null,
        value.rows > 1 ? make('span', {class: 'count'}, ` × ${number(value.rows)}`) : null),
      make('td', {'data-title': say('Statut', 'Status')},
        make('span', {class: `mark-${group(value)}`}, STATUS[status]),
        status === 'ambiguous' && value.detail ? make('span', {class: 'note soft'}, value.detail) : null),
      make('td', {}, ...listed.flatMap(target => [make('span', {class: 'item'},
        group(value) === 'open' ? `${say('peut-être', 'perhaps')} ` : '', link(target),
        target.description ? make('span', {class: 'note soft'}, target.description) : null)])),
      make('td', {}, decide(value)));
  }

  /** The select that decides of a value. */
  function decide(value) {
    const chosen = choices.get(key(value));
    const known = [...value.targets];
    (chosen ?? []).forEach(c => { if (!known.some(t => t.code === c.code)) known.push(c); });
    const options = [make('option', {value: ''},
      GROUPS[value.status] === 'done' || GROUPS[value.status] === 'split'
        ? say('garder', 'keep') : say('à décider', 'to decide'))];
    known.forEach(target => options.push(make('option', {value: `=${target.code}`},
      `${target.code} ${target.label ?? ''}${target.description ? ` (${target.description})` : ''}`)));
    options.push(make('option', {value: '-'}, say('aucun code', 'no code')));
    const select = make('select', {'aria-label': say(`Votre choix pour ${value.text}`, `Your choice for ${value.text}`)}, ...options);
    if (chosen) select.value = chosen.length ? `=${chosen[0].code}` : '-';
    select.addEventListener('change', () => {
      if (select.value === '') choices.delete(key(value));
      else choices.set(key(value), select.value === '-' ? [] : [known.find(t => t.code === select.value.slice(1))]);
      // The row stays where it is until something else is shown, so that arrow keys can go on.
      const cells = row(value).children;
      [...select.closest('tr').children].slice(1, 3).forEach((cell, i) => cell.replaceWith(cells[1]));
      told();
    });
    const other = make('button', {type: 'button', class: 'plain', click: () => look(value, other),
      'aria-label': say(`Chercher un autre code pour ${value.text}`, `Look for another code for ${value.text}`)},
      say('chercher…', 'look…'));
    return make('div', {class: 'decision'}, select, other);
  }

  function told() {
    remember();
    outline();
    const left = count().open;
    announce(say(`Choisi. À décider : ${some(left, 'valeur')}.`, `Chosen. To decide: ${some(left, 'value')}.`));
  }

  let looks = 0;

  function look(value, button) {
    const input = make('input', {
      type: 'search', id: `look-${++looks}`, class: 'look', autocomplete: 'off', spellcheck: 'false',
      'aria-label': say(`Un nom ou un code pour ${value.text}`, `A name or a code for ${value.text}`),
    });
    input.dataset.suggest = `/v1/referentials/${encodeURIComponent(asked.query.get('to'))}/codes`;
    const box = make('div', {class: 'field'}, input);
    button.replaceWith(box);
    suggest(input, item => {
      choices.set(key(value), [{code: item.code, label: item.label}]);
      const fresh = row(value);
      box.closest('tr').replaceWith(fresh);
      fresh.querySelector('select').focus();
      told();
    });
    input.addEventListener('keydown', event => {
      if (event.key === 'Escape' && !input.value) {
        box.replaceWith(button);
        button.focus();
      }
    });
    input.value = value.text;
    input.focus();
    input.select();
    input.dispatchEvent(new Event('input'));
  }

  byId('more').addEventListener('click', () => { shown += STEP; draw(); });
  byId('accept').addEventListener('click', () => {
    let accepted = 0;
    for (const value of values) {
      const proposal = group(value) === 'open' && best(value);
      if (proposal) {
        choices.set(key(value), [value.targets.find(t => t.code === proposal)]);
        accepted++;
      }
    }
    remember();
    draw();
    announce(say(`Accepté : ${some(accepted, 'valeur')}.`, `Accepted: ${some(accepted, 'value')}.`));
  });

  // --- Choices: a correspondence of one's own ---

  function quote(text, separator = ',') {
    return text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  /** What was decided, as the API and `pivot import correspondence` read it. */
  function table(labelled) {
    const columns = values.length ? Object.keys(values[0].context) : [];
    const lines = [['code_source', ...columns, 'code_cible', ...(labelled ? ['#libelle_cible'] : [])]];
    for (const [name, targets] of choices) {
      for (const target of targets.length ? targets : [{code: '', label: ''}]) {
        lines.push([...JSON.parse(name), target.code, ...(labelled ? [target.label ?? ''] : [])]);
      }
    }
    return lines.map(line => line.map(cell => quote(cell)).join(',')).join('\n') + '\n';
  }

  /** The cells of a table that a program wrote. */
  function parse(text, separator = ',') {
    const lines = [];
    let line = [];
    let cell = '';
    let quoted = false;
    for (let i = 0; i < text.length; i++) {
      const c = text[i];
      if (quoted) {
        if (c === '"' && text[i + 1] === '"') { cell += c; i++; }
        else if (c === '"') quoted = false;
        else cell += c;
      } else if (c === '"' && cell === '') quoted = true;
      else if (c === separator) { line.push(cell); cell = ''; }
      else if (c === '\n') { lines.push([...line, cell]); line = []; cell = ''; }
      else if (c !== '\r') cell += c;
    }
    if (cell || line.length) lines.push([...line, cell]);
    return lines;
  }

  const store = () => `pivot.choices ${asked.pair}`;

  /** Keeps what was decided, beside what was decided of the values of other lists. */
  function remember() {
    try {
      const all = new Map(JSON.parse(localStorage.getItem(store()) ?? '[]'));
      values.forEach(value => all.delete(key(value)));
      choices.forEach((targets, name) => all.set(name, targets));
      if (all.size) localStorage.setItem(store(), JSON.stringify([...all]));
      else localStorage.removeItem(store());
    } catch {
      // A browser that keeps nothing: the table can be saved as a file.
    }
  }

  /** Takes up what was decided of the same values another time, where its codes are still in force. */
  async function adopt(entries) {
    const known = new Set(values.map(key));
    const fitting = entries.filter(([name]) => known.has(name));
    const codes = [...new Set(fitting.flatMap(([, targets]) => targets.map(t => t.code)))];
    const labels = new Map();
    if (codes.length) {
      const response = await fetch(`/v1/referentials/${encodeURIComponent(asked.query.get('to'))}/lookup?fields=code,label,status`,
        {method: 'POST', body: JSON.stringify(codes), headers: {'Content-Type': 'application/json'}}).catch(() => null);
      if (response?.ok) {
        (await response.json()).filter(a => a.status === 'in-force').forEach(a => labels.set(a.code, a.label));
      }
    }
    let taken = 0;
    for (const [name, targets] of fitting) {
      if (targets.every(t => labels.has(t.code))) {
        choices.set(name, targets.map(({code}) => ({code, label: labels.get(code)})));
        taken++;
      }
    }
    return taken;
  }

  async function remembered() {
    const kept = answers.querySelector('.kept');
    kept.hidden = true;
    let taken = 0;
    try {
      taken = await adopt(JSON.parse(localStorage.getItem(store()) ?? '[]'));
    } catch {
      // nothing that can be read
    }
    if (!taken) return;
    kept.hidden = false;
    kept.replaceChildren(
      say(`Repris d’une autre fois : ${number(taken)} choix. `, `Used again from another time: ${some(taken, 'choice')}. `),
      make('button', {
        type: 'button', class: 'plain', click: () => {
          choices.clear();
          remember();
          kept.hidden = true;
          show();
        },
      }, say('Les oublier', 'Forget them')));
  }

  byId('save').addEventListener('click', () => {
    const url = URL.createObjectURL(new Blob([table(true)], {type: 'text/csv'}));
    make('a', {href: url, download: 'choix.csv'}).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  });
  byId('load').addEventListener('change', async () => {
    const given = byId('load').files[0];
    byId('load').value = '';
    if (!given || !values.length) return;
    const text = (await given.text()).replace(/^\uFEFF/, '');
    const separator = text.split('\n', 1)[0].includes(';') ? ';' : ',';
    const [head, ...lines] = parse(text, separator);
    const find = names => head.findIndex(name => names.includes(name.trim().toLowerCase()));
    const source = find(['source', 'code_source', 'source_code']);
    const target = find(['target', 'cible', 'code_cible', 'target_code']);
    if (source < 0 || target < 0) {
      return announce(say('Ce fichier n’a pas les colonnes code_source et code_cible.',
        'This file has no columns code_source and code_cible.'));
    }
    const contexts = Object.keys(values[0].context).map(name => head.indexOf(name));
    const read = new Map();
    for (const line of lines) {
      const name = JSON.stringify([line[source], ...contexts.map(i => i < 0 ? '' : line[i] ?? '')]);
      const targets = read.get(name) ?? [];
      if (line[target]) targets.push({code: line[target]});
      read.set(name, targets);
    }
    const taken = await adopt([...read]);
    remember();
    filter = taken ? 'chosen' : filter;
    draw();
    announce(say(`Repris : ${taken} choix.`, `Taken: ${some(taken, 'choice')}.`));
  });

  // --- Away with it ---

  function address(format) {
    const query = new URLSearchParams(asked.query);
    // What nobody decided stays without a code: a guess in a file is taken for an answer.
    if (asked.isNames) query.set('certain', 'true');
    else query.set('policy', byId('policy').value);
    query.set('format', format);
    query.set('lang', locale);
    return `${asked.path}?${query}`;
  }

  byId('output').addEventListener('submit', event => {
    put(byId('output').elements.file, file);
    byId('output').elements.choices.value = choices.size ? table(false) : '';
    byId('output').action = address(event.submitter?.dataset.form ?? 'csv');
  });

  byId('copy').addEventListener('click', async () => {
    const data = new FormData();
    if (choices.size) data.append('choices', table(false));
    data.append('file', file);
    const query = new URLSearchParams(asked.query);
    if (asked.isNames) query.set('certain', 'true');
    else query.set('policy', 'list');
    const response = await fetch(`${asked.path}?${query}&format=csv`, {method: 'POST', body: data});
    if (!response.ok) return complain(await problem(response));
    const charset = /charset=([\w-]+)/.exec(response.headers.get('Content-Type') ?? '')?.[1] ?? 'utf-8';
    // Browsers know it by another name.
    const text = new TextDecoder(charset === 'x-macroman' ? 'macintosh' : charset).decode(await response.arrayBuffer());
    const added = asked.isNames ? 5 : 3;
    // The title that was set above the list is not in the list.
    const cells = parse(text, detection.file.separator ?? ',').slice(untitled ? 1 : 0).map(line => line.slice(-added, line.length - added + 2));
    await navigator.clipboard.writeText(cells.map(line => line.join('\t')).join('\n') + '\n');
    announce(say('Codes et libellés copiés.', 'Codes and labels copied.'));
    byId('copy').textContent = say('Copié', 'Copied');
  });
  if (!navigator.clipboard) byId('copy').hidden = true;
})();
