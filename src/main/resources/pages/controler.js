// Checks a file step by step: what it holds, what is wrong, what to take away. Without it the form still works.
'use strict';
(() => {
  const form = byId('check');
  const input = byId('file');
  const status = byId('status');
  /** How many columns are set in the table, and rows of a rule at first and at each further time. */
  const MOST_COLUMNS = 200;
  /** Below it, what a column may hold is said and not taken. */
  const LIKELY = 0.6;
  const SEVERITIES = {error: say('erreur', 'error'), warning: say('avertissement', 'warning'), info: say('remarque', 'remark')};
  const GRAVE = Object.keys(SEVERITIES);
  const FIRST = 10;
  const MORE = 50;
  const OUTCOMES = {
    valid: ['valide', 'valides', 'valid'],
    repairable: ['réparable', 'réparables', 'repairable'],
    obsolete: ['périmée', 'périmées', 'obsolete'],
    future: ['à venir', 'à venir', 'in the future'],
    unknown: ['inconnue', 'inconnues', 'unknown'],
    badCheckDigit: ['à la clé fausse', 'à la clé fausse', 'with a wrong check digit'],
    malformed: ['mal formée', 'mal formées', 'malformed'],
    empty: ['vide', 'vides', 'empty'],
  };
  let file = null;
  /** What was said of how the file is written; the rest is detected. */
  let said = {};
  /** What was corrected in the table, by the name of the column. */
  let corrected = new Map();
  let detection = null;
  let report = null;
  let running = null;

  /** So many of something: its name for one, and for several, in French and in English. */
  const many = (n, one, several, oneEn, severalEn) => `${number(n)} ${english ? (n === 1 ? oneEn : severalEn) : n < 2 ? one : several}`;
  const findingsOf = n => many(n, 'anomalie', 'anomalies', 'finding', 'findings');
  const rowsOf = n => many(n, 'ligne', 'lignes', 'row', 'rows');

  const code = text => make('code', {}, text);
  const share = (part, whole) => {
    const percent = whole === 0 ? 0 : (100 * part) / whole;
    // What is not all is never shown as 100 %.
    const shown = part < whole ? Math.min(percent, 99.9) : percent;
    return say(`${shown.toLocaleString(locale, {maximumFractionDigits: 1})} %`, `${shown.toLocaleString(locale, {maximumFractionDigits: 1})}%`);
  };
  const size = bytes => {
    const millions = bytes / 1e6;
    return millions < 1
      ? say(`${number(Math.ceil(bytes / 1e3))} ko`, `${number(Math.ceil(bytes / 1e3))} kB`)
      : say(`${millions.toLocaleString(locale, {maximumFractionDigits: 1})} Mo`, `${millions.toLocaleString(locale, {maximumFractionDigits: 1})} MB`);
  };
  const title = id => [...byId('holds').content.querySelectorAll('option')].find(o => o.value === id)?.textContent ?? id;
  const page = path => (english ? path + '?lang=en' : path);
  const referentialPage = id => page(`/referentiels/${encodeURIComponent(id)}`);

  // --- Sending ---

  function send(path, parameters, body, words) {
    running?.abort();
    const request = new XMLHttpRequest();
    running = request;
    byId('problem').hidden = true;
    byId('progress').hidden = false;
    const bar = byId('bar');
    bar.removeAttribute('value');
    status.textContent = words(null);
    let told = 0;
    return new Promise(resolve => {
      request.open('POST', `${path}?${new URLSearchParams(parameters)}`);
      request.responseType = 'json';
      request.setRequestHeader('Accept', 'application/json');
      request.setRequestHeader('Accept-Language', locale);
      request.setRequestHeader('Content-Type', 'application/octet-stream');
      request.upload.addEventListener('progress', event => {
        bar.value = event.loaded / event.total;
        // Often enough to be seen, seldom enough to be listened to.
        if (event.timeStamp - told > 1000 || event.loaded === event.total) {
          told = event.timeStamp;
          status.textContent = words(event.loaded);
        }
      });
      request.addEventListener('loadend', () => {
        if (running !== request) return;
        running = null;
        byId('progress').hidden = true;
        status.textContent = '';
        if (request.status === 200 && request.response) resolve(request.response);
        else if (stopped) status.textContent = say('Arrêté. Rien n’a été conservé.', 'Stopped. Nothing was kept.');
        else fail(request);
      });
      let stopped = false;
      request.addEventListener('abort', () => (stopped = true));
      request.send(body);
    });
  }

  function fail(request) {
    const problem = request.response;
    const box = byId('problem');
    box.replaceChildren(
      make('p', {}, make('strong', {}, problem?.title ?? say('Le fichier n’a pas pu être envoyé', 'The file could not be sent'))),
      make('p', {}, typeset(problem?.detail ?? '') || say('Il a peut-être changé depuis que vous l’avez choisi, ou le serveur ne répond pas. Choisissez-le de nouveau.', 'Perhaps it changed since you chose it, or the server does not answer. Choose it again.')),
    );
    box.hidden = false;
    box.focus();
  }

  byId('stop').addEventListener('click', () => {
    running?.abort();
    input.focus();
  });

  // --- A file comes ---

  /** Begins anew; a file that a browser brought back moves nobody. */
  function begin(moves = true) {
    file = input.files[0] ?? null;
    said = {};
    corrected = new Map();
    byId('detection').hidden = true;
    byId('report').hidden = true;
    byId('problem').hidden = true;
    status.textContent = '';
    running?.abort();
    if (file) detect(moves);
  }

  /** Puts a file into the form, so that the form can be sent as it is. */
  function take(taken) {
    put(input, taken);
    begin();
  }

  input.addEventListener('change', () => begin());
  byId('try').addEventListener('click', async () => {
    status.textContent = say('Le fichier d’exemple arrive…', 'The sample file is on its way…');
    const answer = await fetch('/controler/exemple.csv').catch(() => null);
    if (answer?.ok) take(new File([await answer.blob()], 'subventions-exemple.csv', {type: 'text/csv'}));
    else status.textContent = say('Le fichier d’exemple n’est pas venu : le serveur ne répond pas.', 'The sample file did not come: the server does not answer.');
  });
  const drop = document.querySelector('.drop');
  onDrop(drop, take);
  form.addEventListener('submit', event => {
    if (event.submitter?.dataset.download) return;
    event.preventDefault();
    if (!byId('detection').hidden) check();
    else if (file) detect(true);
  });
  document.querySelectorAll('[data-again]').forEach(button =>
    button.addEventListener('click', () => {
      drop.scrollIntoView();
      input.focus({preventScroll: true});
    }),
  );
  document.querySelector('[data-back]').addEventListener('click', () => {
    byId('detection').scrollIntoView();
    byId('detection-title').focus({preventScroll: true});
  });

  /** Shows a step and moves there. */
  function show(step) {
    byId(step).hidden = false;
    byId(`${step}-title`).focus({preventScroll: true});
    byId(step).scrollIntoView();
  }

  // --- What it holds ---

  async function detect(moves) {
    const asked = file;
    const body = await head(file).catch(() => file);
    const length = body.size;
    const answer = await send('/v1/detections', {name: file.name.slice(0, 200), ...said}, body, sent =>
      sent === null || sent === length || length < HEAD / 4
        ? say('Pivot regarde ce que le fichier contient…', 'Pivot looks at what the file holds…')
        : say(`Envoi : ${share(sent, length)} de ${size(length)}…`, `Sending: ${share(sent, length)} of ${size(length)}…`),
    );
    if (asked !== file) return;
    detection = answer;
    showDetection();
    if (moves) show('detection');
    else {
      byId('detection').hidden = false;
      status.textContent = say('Le fichier a été relu.', 'The file was read anew.');
    }
  }

  function showDetection() {
    const {file: seen, rows, header, columns} = detection;
    const held = columns.filter(c => c.referential).length;
    byId('report').hidden = true;
    const part = isLongText(file);
    byId('seen').replaceChildren(
      make('strong', {}, file.name),
      say(' : ', ': ') +
        say(
          `${rowsOf(rows)}${part ? ' dans ses 4 premiers Mo' : ''}, ${many(header.length, 'colonne', 'colonnes')}, dont ${number(held)} de codes.`,
          `${rowsOf(rows)}${part ? ' in its first 4 MB' : ''}, ${many(header.length, '', '', 'column', 'columns')}, ${number(held)} of them with codes.`,
        ),
    );
    const remarks = seen.findings.map(f => f.message);
    if (part) remarks.unshift(say(`Le fichier pèse ${size(file.size)} : ses 4 premiers Mo ont suffi à le reconnaître. Il sera contrôlé en entier.`, `The file weighs ${size(file.size)}: its first 4 MB were enough to recognise it. It will be checked whole.`));
    if (header.length > MOST_COLUMNS) remarks.push(say(`Seules les ${MOST_COLUMNS} premières colonnes sont montrées et contrôlées.`, `Only the first ${MOST_COLUMNS} columns are shown and checked.`));
    byId('remarks').replaceChildren(...remarks.map(text => make('p', {class: 'soft'}, typeset(text))));

    const workbook = seen.kind !== 'delimited';
    document.querySelectorAll('[data-kind]').forEach(e => (e.hidden = (e.dataset.kind === 'workbook') !== workbook));
    byId('encoding').value = said.encoding ?? {'x-MacRoman': 'macroman', IBM850: 'cp850'}[seen.encoding] ?? (seen.encoding ?? '').toLowerCase();
    byId('separator').value = seen.separator === '\t' ? 'tab' : (seen.separator ?? '');
    byId('sheet').replaceChildren(...(seen.sheets ?? []).map(name => make('option', {value: name, selected: name === seen.sheet}, name)));
    byId('header').value = seen.headerLine;
    const chosen = byId('when').value;
    byId('when-columns').replaceChildren(...header.slice(0, MOST_COLUMNS).filter(h => h.name).map(h => make('option', {value: `column:${h.name}`}, h.name)));
    byId('when').value = [...byId('when').options].some(o => o.value === chosen) ? chosen : 'today';
    showDay();
    byId('columns').replaceChildren(...header.slice(0, MOST_COLUMNS).map((heading, i) => row(heading, i + 1, columns.find(c => c.number === i + 1))));
  }

  /** A column: what it is called, what it holds, of which edition. */
  function row(heading, place, found) {
    const holds = byId('holds').content.firstElementChild.cloneNode(true);
    const editions = make('select', {'aria-label': say(`Édition des codes de ${heading.name}`, `Edition of the codes of ${heading.name}`)});
    const likely = (found?.candidates[0]?.confidence ?? 0) >= LIKELY;
    const choice = corrected.get(heading.name) ?? {holds: likely ? (found.referential ?? '') : '', edition: null};
    holds.dataset.column = place;
    holds.setAttribute('aria-label', say(`Ce que contient ${heading.name}`, `What ${heading.name} holds`));
    holds.value = choice.holds;
    if (holds.selectedIndex < 0) holds.value = '';

    function fill(edition) {
      const option = holds.selectedOptions[0];
      const known = (option.dataset.editions ?? '').split(' ').filter(Boolean);
      const territory = option.dataset.territory === 'true';
      editions.hidden = known.length === 0;
      editions.replaceChildren(
        make('option', {value: ''}, territory ? say('selon la date ci-dessus', 'by the date above') : say('la dernière', 'the latest')),
        ...known.map(e => make('option', {value: e}, e)),
      );
      // Territories are read as of a day, classifications in the edition that fits best.
      const best = found?.referential === holds.value && !territory ? found.release : '';
      editions.value = edition ?? best ?? '';
      if (editions.selectedIndex < 0) editions.value = '';
    }
    const remember = () => corrected.set(heading.name, {holds: holds.value, edition: editions.value});
    holds.addEventListener('change', () => {
      fill(null);
      remember();
    });
    editions.addEventListener('change', remember);
    fill(choice.edition);

    const examples = heading.personal
      ? [make('span', {class: 'soft'}, say('semble personnelle : non répétée', 'seems personal: not repeated'))]
      : heading.examples.flatMap((e, i) => (i > 0 ? [' ', code(e)] : [code(e)]));
    return make(
      'tr',
      {},
      make('th', {scope: 'row'}, heading.name || say(`colonne ${place}`, `column ${place}`)),
      make('td', {'data-title': say('Par exemple', 'For instance'), class: 'samples'}, ...examples),
      make('td', {}, holds, ...believed(found)),
      make('td', {}, editions, ...vintage(found)),
    );
  }

  /** How sure it is what a column holds. */
  function believed(found) {
    const best = found?.candidates[0];
    if (!best) return [];
    const name = title(best.referential);
    const sure = `${Math.round(100 * best.confidence)} %`;
    const text = found.referential
      ? say(`reconnu, sûr à ${sure}`, `recognised, ${sure} sure`)
      : best.content === 'labels'
        ? say(`sans doute des noms : ${name}`, `probably names: ${name}`)
        : best.header === 1 && best.share === 0 && found.distinct > 0
          ? say(`en porte le nom, pas les codes : ${name}`, `has the name, not the codes: ${name}`)
          : say(`peut-être : ${name} (${sure})`, `perhaps: ${name} (${sure})`);
    return [make('span', {class: 'note soft'}, text)];
  }

  function vintage(found) {
    const v = found?.vintage;
    if (!v) return [];
    const best = v.best.replaceAll('-', '\u2013').replaceAll(',', ', ');
    return [
      make('span', {class: 'note soft'}, say(`codes de ${best} (${number(v.fitting)} sur ${number(v.known)})`, `codes of ${best} (${number(v.fitting)} of ${number(v.known)})`)),
    ];
  }

  const showDay = () => (byId('day-field').hidden = byId('when').value !== 'day');
  byId('when').addEventListener('change', showDay);
  for (const what of ['encoding', 'separator', 'sheet', 'header']) {
    byId(what).addEventListener('change', event => {
      if (!event.target.checkValidity() || event.target.value === '') return;
      said[what] = event.target.value;
      detect(false);
    });
  }

  // --- What is wrong ---

  /** What the table and the fields above it say, as parameters. */
  function asked() {
    const columns = [...document.querySelectorAll('#columns select[data-column]')].flatMap(holds => {
      const edition = holds.closest('tr').querySelector('td:last-child select').value;
      return holds.value ? [`#${holds.dataset.column}:${holds.value}${edition ? '@' + edition : ''}`] : [];
    });
    const parameters = {name: file.name.slice(0, 200), detect: 'false', ...said};
    if (columns.length > 0) parameters.columns = columns.join(',');
    const when = byId('when').value;
    if (when === 'day' && byId('day').value) parameters.date = byId('day').value;
    if (when.startsWith('column:')) parameters.date = when.slice('column:'.length);
    return parameters;
  }

  async function check() {
    if (!byId('day-field').hidden && !byId('day').reportValidity()) return;
    byId('report').hidden = true;
    const answer = await send('/v1/validations', {format: 'json', ...asked()}, file, sent =>
      sent === null
        ? say('Le fichier part…', 'The file is leaving…')
        : sent === file.size
        ? say('Pivot finit de le contrôler…', 'Pivot is finishing the check…')
        : say(
            `Le fichier est contrôlé à mesure qu’il part : ${share(sent, file.size)} de ${size(file.size)}…`,
            `The file is checked while it leaves: ${share(sent, file.size)} of ${size(file.size)}…`,
          ),
    );
    report = answer;
    showReport();
    show('report');
  }
  byId('go').addEventListener('click', check);

  const isHeldTo = column => report.columns.find(c => c.number === column);

  function showReport() {
    const {rows} = report;
    const count = report.rules.reduce((sum, r) => sum + r.count, 0);
    byId('summary').replaceChildren(
      rows.ready === undefined ? make('p', {}, say('Aucune colonne de codes n’est contrôlée.', 'No column of codes is checked.')) : ready(rows),
      make(
        'p',
        {},
        count === 0
          ? say('Aucune anomalie.', 'No finding.')
          : say(`${findingsOf(count)}, de ${many(report.rules.length, 'sorte', 'sortes')}.`, `${findingsOf(count)}, of ${many(report.rules.length, '', '', 'kind', 'kinds')}.`),
      ),
    );
    if (!report.complete) {
      byId('summary').append(make('div', {class: 'notice'}, make('p', {}, say('Le fichier n’a pas pu être lu jusqu’au bout ; voici ce qui précède. ', 'The file could not be read to its end; here is what comes before. ') + report.interruption)));
    }
    byId('outcomes').replaceChildren(...report.columns.map(outcomes));
    byId('by-column').hidden = report.columns.length === 0;
    byId('by-rule').hidden = count === 0;
    byId('filters').hidden = count === 0;
    const columns = [...new Map(report.findings.map(f => [f.columnNumber ?? 0, f.column ?? ''])).entries()].sort((a, b) => a[0] - b[0]);
    byId('of-column').replaceChildren(
      make('option', {value: ''}, say('toutes', 'all')),
      ...columns.map(([place, name]) => make('option', {value: String(place)}, name || say('lignes entières', 'whole rows'))),
    );
    byId('of-rule').replaceChildren(make('option', {value: ''}, say('toutes', 'all')), ...report.rules.map(r => make('option', {value: r.rule}, r.message)));
    byId('of-severity').value = '';
    byId('of-text').value = '';
    showGroups();
  }

  /** How many rows can be joined. */
  function ready(rows) {
    return make(
      'p',
      {class: 'share'},
      make('strong', {}, share(rows.ready, rows.total)),
      ' ',
      make(
        'span',
        {},
        say(
          `des lignes sont prêtes à être jointes (${number(rows.ready)} sur ${number(rows.total)}) : tous les codes qu’elles portent sont en vigueur, et aucun de ceux qui sont exigés n’y manque.`,
          `of the rows are ready to be joined (${number(rows.ready)} of ${number(rows.total)}): all codes that they hold are in force, and none that is required is missing.`,
        ),
      ),
    );
  }

  /** A column with a bar of what its values are, and the same in words. */
  function outcomes(column) {
    const whole = report.rows.total;
    const parts = Object.keys(OUTCOMES).filter(o => column.values[o] > 0);
    const words = parts.map(o => `${number(column.values[o])} ${english ? OUTCOMES[o][2] : OUTCOMES[o][column.values[o] < 2 ? 0 : 1]}`).join(' · ');
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('class', 'shares');
    svg.setAttribute('aria-hidden', 'true');
    let from = 0;
    for (const part of parts) {
      const rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
      const width = (100 * column.values[part]) / whole;
      rect.setAttribute('class', {valid: 'good', repairable: 'odd', empty: 'none'}[part] ?? 'bad');
      rect.setAttribute('x', `${from}%`);
      rect.setAttribute('width', `${width}%`);
      rect.setAttribute('height', '100%');
      svg.append(rect);
      from += width;
    }
    const at = column.byRule
      ? say('par sa forme et sa clé', 'by form and check digit')
      : column.dateColumn
        ? say(`au jour de ${column.dateColumn}`, `on the day of ${column.dateColumn}`)
        : say(`édition ${column.release}, au ${day(column.date)}`, `edition ${column.release}, on ${day(column.date)}`);
    return make(
      'li',
      {},
      make('p', {}, make('strong', {}, column.name), ' ', make('a', {href: referentialPage(column.referential)}, title(column.referential)), make('span', {class: 'soft'}, ` ${at}`)),
      svg,
      make('p', {class: 'soft'}, words || say('aucune valeur', 'no value')),
    );
  }

  const day = text => new Date(`${text}T12:00:00`).toLocaleDateString(english ? 'en-GB' : 'fr-FR', {day: 'numeric', month: 'long', year: 'numeric'}).replace(/^1 /, english ? '1 ' : '1er ');

  /** Without accents and case, as people look for things. */
  const plain = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const words = f => plain([f.line, f.column, f.value, f.message, f.detail, f.repair, ...(f.suggestions ?? []).flatMap(s => [s.code, s.label])].join(' '));

  function showGroups() {
    const column = byId('of-column').value;
    const severity = byId('of-severity').value;
    const only = byId('of-rule').value;
    const text = plain(byId('of-text').value.trim());
    const kept = report.findings.filter(
      f => (!column || String(f.columnNumber ?? 0) === column) && (!severity || f.severity === severity) && (!only || f.rule === only) && (!text || words(f).includes(text)),
    );
    const groups = report.rules
      .map(rule => ({rule, findings: kept.filter(f => f.rule === rule.rule)}))
      .filter(g => g.findings.length > 0)
      .sort((a, b) => GRAVE.indexOf(a.rule.severity) - GRAVE.indexOf(b.rule.severity) || b.rule.count - a.rule.count);
    byId('groups').replaceChildren(...groups.map(g => group(g, column, text)));
    byId('shown').textContent =
      report.findings.length === 0
        ? ''
        : kept.length === report.findings.length
          ? say(`${findingsOf(kept.length)} ligne par ligne.`, `${findingsOf(kept.length)} line by line.`)
          : say(`${findingsOf(kept.length)} sur ${number(report.findings.length)}.`, `${findingsOf(kept.length)} of ${number(report.findings.length)}.`);
  }
  for (const id of ['of-column', 'of-severity', 'of-rule', 'of-text']) byId(id).addEventListener('input', showGroups);

  /** How many findings of a rule there are in all, in one column or in any; findings are told up to a limit. */
  function total(rule, column, findings) {
    if (!column) return rule.count;
    return isHeldTo(Number(column))?.rules.find(r => r.rule === rule.rule)?.count ?? findings.length;
  }

  function group({rule, findings}, column, text) {
    const all = text ? findings.length : total(rule, column, findings);
    const why = findings.some(f => f.detail);
    const body = make('tbody');
    const more = make('button', {type: 'button', class: 'plain'});
    const count = make('p', {class: 'soft'});
    let shown = 0;
    function add(most) {
      const next = findings.slice(shown, shown + most).map(f => line(f, why));
      body.append(...next);
      shown += next.length;
      more.hidden = shown >= findings.length;
      const rest = Math.min(MORE, findings.length - shown);
      more.textContent = say(`Montrer ${rowsOf(rest)} de plus`, `Show ${rowsOf(rest)} more`);
      count.textContent =
        shown < all ? say(`Les ${number(shown)} premières sur ${number(all)}${shown === findings.length ? ' ; le fichier réparé les a toutes' : ''}.`, `The first ${number(shown)} of ${number(all)}${shown === findings.length ? '; the repaired file has all of them' : ''}.`) : '';
      count.hidden = shown >= all;
      return next[0];
    }
    more.addEventListener('click', () => {
      const first = add(MORE);
      first.tabIndex = -1;
      first.focus();
    });
    add(FIRST);
    const id = `rule-${rule.rule}`;
    return make(
      'section',
      {class: 'rule'},
      make(
        'h4',
        {id},
        make('span', {class: 'count'}, `${number(all)} × `),
        typeset(rule.message),
        ' ',
        make('span', {class: rule.severity === 'error' ? 'tag bad' : 'tag'}, SEVERITIES[rule.severity]),
      ),
      make(
        'table',
        {class: 'list findings', 'aria-labelledby': id},
        make(
          'thead',
          {},
          make(
            'tr',
            {},
            make('th', {scope: 'col', class: 'n'}, say('Ligne', 'Line')),
            ...[say('Colonne', 'Column'), say('Valeur', 'Value'), say('À écrire', 'To write')].map(t => make('th', {scope: 'col'}, t)),
            why ? make('th', {scope: 'col', class: 'reason'}, say('Pourquoi', 'Why')) : null,
          ),
        ),
        body,
      ),
      count,
      more,
    );
  }

  function line(f, why) {
    return make(
      'tr',
      {},
      make('th', {scope: 'row', class: 'n'}, f.line > 0 ? make('span', {}, make('span', {class: 'word'}, say('Ligne ', 'Line ')), number(f.line)) : say('toutes', 'all')),
      make('td', {'data-title': say('Colonne', 'Column')}, f.column ?? '—'),
      make('td', {'data-title': say('Valeur', 'Value')}, ...(f.value === undefined ? ['—'] : [visible(f.value)])),
      make('td', {'data-title': say('À écrire', 'To write')}, ...instead(f)),
      why ? make('td', {}, typeset(f.detail ?? '')) : null,
    );
  }

  /** A value as it stands, its blanks seen. */
  function visible(value) {
    return make('code', {class: 'value'}, value.replaceAll('\u00a0', '⍽').replace(/^\s+|\s+$/g, blanks => '␣'.repeat(blanks.length)));
  }

  /** What to write instead: the code that is certain, or those that may be meant. */
  function instead(f) {
    const held = isHeldTo(f.columnNumber);
    const suggestions = f.suggestions ?? [];
    if (f.repair !== undefined) {
      const named = suggestions.find(s => s.code === f.repair);
      const text = code(f.repair);
      return [held && !held.byRule ? make('a', {href: codePage(held.referential, f.repair)}, text) : text, ...(named?.label ? [` ${named.label}`] : [])];
    }
    if (suggestions.length === 0) return ['—'];
    return [
      make('span', {class: 'soft'}, suggestions.length > 1 ? say('l’un de : ', 'one of: ') : say('peut-être : ', 'perhaps: ')),
      make('ul', {}, ...suggestions.map(s => make('li', {}, make('a', {href: codePage(s.referential, s.code)}, code(s.code)), s.label ? ` ${s.label}` : ''))),
    ];
  }

  // --- What to take away ---

  document.querySelectorAll('[data-download]').forEach(button =>
    button.addEventListener('click', () => {
      const format = button.dataset.download;
      const parameters = {format, lang: locale, download: 'true', ...asked()};
      if (format === 'csv' || format === 'xlsx') parameters.repair = document.querySelector('[name=repair]:checked').value;
      button.formAction = `/v1/validations?${new URLSearchParams(parameters)}`;
      status.textContent = '';
    }),
  );

  document.querySelectorAll('[data-plain]').forEach(e => e.remove());
  document.querySelectorAll('[data-scripted]').forEach(e => (e.hidden = false));
  // Browsers bring back the file that was chosen before.
  if (input.files.length > 0) begin(false);
})();
