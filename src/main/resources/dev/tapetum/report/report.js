(() => {
  'use strict';
  const parsed = id => JSON.parse(document.getElementById(id).textContent);
  const config = parsed('charts');
  const forest = parsed('forest');
  const curves = parsed('curves');
  const number = text => (text === undefined ? null : Number(text));

  // A cell as a tip tells it: what stands on top of the column tells a count and an interval from a value.
  const told = cell => {
    const text = cell.textContent.trim();
    const label = cell.dataset.label ?? '';

    return label === 'Images' ? `n = ${text}` : label.endsWith('interval') ? `${label} ${text}` : text;
  };

  // The rows of the table, with a heading before the first group of each attribute.
  const read = table => {
    const rows = [];
    const labels = {};
    let attribute = '';

    for (const row of table.tBodies[0].rows) {
      const data = row.dataset;

      if (data.attribute !== attribute) {
        attribute = data.attribute;
        const key = String(rows.length);
        labels[key] = { text: attribute, head: true };
        rows.push({ key, state: 'head' });
      }

      const key = String(rows.length);
      labels[key] = { text: data.group, head: row.className === 'whole' };
      rows.push({
        key,
        state: row.className,
        at: number(data.at),
        low: number(data.low),
        high: number(data.high),
        tip: [...row.cells].map(told).join(' · '),
      });
    }

    return { rows, labels };
  };

  // The chart with its points, each {tip, place}: the mouse finds them by itself, the arrow keys in their order.
  // What its axes show is text of the page: Vega-Lite would make a title from the data part of an expression.
  const show = (spec, chart, points, titles) => {
    const axis = text => {
      const element = document.createElement('div');
      element.className = 'axis';
      element.textContent = text;

      return element;
    };
    const container = document.createElement('div');
    const tip = document.createElement('div');
    const here = document.createElement('div');
    tip.className = 'tip';
    tip.setAttribute('role', 'status');
    tip.setAttribute('aria-live', 'polite');
    here.className = 'here';
    here.hidden = true;
    chart.replaceChildren(...(titles.y ? [axis(titles.y)] : []), container, axis(titles.x), here, tip);
    const runtime = vega.parse(vegaLite.compile({ ...spec, config }).spec);
    const view = new vega.View(runtime, { renderer: 'svg', container, hover: false });
    let at = -1;

    const hide = () => {
      tip.textContent = '';
      here.hidden = true;
    };
    const tell = (text, x, y) => {
      tip.textContent = text;
      tip.style.left = `${Math.max(0, Math.min(x + 12, chart.clientWidth - tip.offsetWidth))}px`;
      tip.style.top = `${y + 14}px`;
    };
    const walk = to => {
      at = Math.max(0, Math.min(points.length - 1, to));
      const around = chart.getBoundingClientRect();
      const drawn = container.querySelector('svg > g').getScreenCTM();
      const [x, y] = points[at].place(view);
      const across = drawn.e + drawn.a * x - around.left;
      const down = drawn.f + drawn.d * y - around.top;
      here.hidden = false;
      here.style.left = `${across}px`;
      here.style.top = `${down}px`;
      tell(points[at].tip, across, down);
    };

    view.tooltip((handler, event, item, value) => {
      if (value === null || value === undefined || value === '') {
        hide();
      } else {
        const around = chart.getBoundingClientRect();
        tell(String(value), event.clientX - around.left, event.clientY - around.top);
      }
    });
    view.run();
    const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
    chart.setAttribute('role', 'application');
    chart.setAttribute('aria-roledescription', 'chart');
    // A chart that is drawn again keeps its element.
    chart.onblur = hide;
    chart.onkeydown = event => {
      const to = event.key === 'Home' ? 0 : event.key === 'End' ? points.length - 1 : event.key in steps ? at + steps[event.key] : null;

      if (event.key === 'Escape') {
        hide();
      } else if (to !== null && points.length > 0) {
        event.preventDefault();
        walk(to);
      }
    };
  };

  const draw = block => {
    const chart = block.querySelector('.chart');

    if (chart.hasChildNodes()) {
      return;
    }

    const { rows, labels } = read(block.querySelector('table'));

    if (!rows.some(row => row.at !== null)) {
      return;
    }

    const spec = structuredClone(forest);
    spec.data = { values: rows };
    spec.params = [{ name: 'labels', value: labels }];
    spec.height = 21 * rows.length;
    spec.encoding.y.scale = { domain: rows.map(row => row.key) };
    spec.encoding.y.axis.labelLimit = Math.min(200, block.clientWidth * 0.35);
    // Of changes zero is what matters.
    if (block.dataset.zero) {
      spec.encoding.x.scale.zero = true;
      spec.layer.unshift({ mark: { type: 'rule', color: 'var(--none)' }, encoding: { x: { datum: 0 }, y: null } });
    }

    const title = block.querySelector('caption').textContent + (block.dataset.percent === 'true' ? ', %' : '');
    const points = rows.filter(row => row.at !== null && row.at !== undefined).map(row => ({
      tip: row.tip,
      place: view => {
        const y = view.scale('y');

        return [view.scale('x')(row.at), y(row.key) + (y.bandwidth ? y.bandwidth() / 2 : 0)];
      },
    }));
    show(spec, chart, points, { x: title });
  };

  // The curves of one attribute: a column of the table is a curve, and the first is that of all images.
  const drawCurves = (dose, table) => {
    const heads = [...table.tHead.rows[0].cells].slice(1);
    const values = [];

    for (const row of table.tBodies[0].rows) {
      [...row.cells].slice(1).forEach((cell, column) => {
        const strength = cell.dataset.strength ?? row.dataset.strength;
        values.push({
          key: String(column),
          strength: number(strength),
          at: number(cell.dataset.at),
          low: number(cell.dataset.low),
          high: number(cell.dataset.high),
          tip: [heads[column], row.cells[0], ...cell.children].map(part => part.textContent.trim()).join(' · '),
        });
      });
    }

    // Only a chart that is not empty has a width.
    const chart = dose.querySelector('.chart');
    chart.replaceChildren(document.createElement('div'));
    const spec = structuredClone(curves);
    const keys = heads.map((head, column) => String(column));
    const { color } = spec.encoding;
    const points = spec.layer.at(-1).encoding;
    spec.data = { values };
    spec.params = [{ name: 'labels', value: heads.map(head => head.dataset.group) }];
    color.scale.domain = keys;
    color.scale.range = color.scale.range.slice(0, keys.length);
    color.legend.columns = Math.max(1, Math.floor(chart.clientWidth / 130));
    points.shape.scale.domain = keys;
    points.shape.scale.range = points.shape.scale.range.slice(0, keys.length);
    const walked = values
      .filter(value => value.at !== null)
      .sort((one, other) => Number(one.key) - Number(other.key) || one.strength - other.strength)
      .map(value => ({ tip: value.tip, place: view => [view.scale('x')(value.strength), view.scale('y')(value.at)] }));
    show(spec, chart, walked, { x: dose.dataset.strength, y: `${dose.dataset.answer}, %` });
  };

  const choose = (dose, index) => {
    const numbers = [...dose.querySelectorAll('.curves')];

    for (const parts of [dose.querySelectorAll('.by'), numbers]) {
      parts.forEach((part, i) => { part.hidden = i !== index; });
    }

    drawCurves(dose, numbers[index].querySelector('table'));
  };

  const drawDose = dose => {
    if (dose.querySelector('.chart').hasChildNodes()) {
      return;
    }

    const label = dose.querySelector('.choose');

    if (label) {
      const select = label.querySelector('select');
      label.hidden = false;
      select.addEventListener('change', () => choose(dose, Number(select.value)));
    }

    choose(dose, 0);
  };

  // A chart takes its width from the page, so it is drawn when it is unfolded.
  const drawVisible = () => {
    for (const [part, drawn] of [['.block', draw], ['.dose', drawDose]]) {
      for (const element of document.querySelectorAll(part)) {
        if (!element.closest('details:not([open])')) {
          drawn(element);
        }
      }
    }
  };

  for (const details of document.querySelectorAll('details')) {
    details.addEventListener('toggle', drawVisible);
  }

  // Paper cannot be unfolded: findings and charts of established differences are, and then folded again.
  let unfolded = [];
  addEventListener('beforeprint', () => {
    unfolded = [...document.querySelectorAll('details:not([open])')].filter(details =>
      details.classList.contains('further') || (details.classList.contains('kind') && details.querySelector('summary .mark')));
    unfolded.forEach(details => { details.open = true; });
    drawVisible();
  });
  addEventListener('afterprint', () => unfolded.forEach(details => { details.open = false; }));

  drawVisible();
})();
