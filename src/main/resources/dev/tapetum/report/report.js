(() => {
  'use strict';
  const template = JSON.parse(document.getElementById('forest').textContent);
  const number = text => (text === undefined ? null : Number(text));

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
        tip: [...row.cells].map(cell => cell.textContent.trim()).join(' · '),
      });
    }

    return { rows, labels };
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

    const spec = structuredClone(template);
    spec.data = { values: rows };
    spec.params = [{ name: 'labels', value: labels }];
    spec.height = 21 * rows.length;
    spec.encoding.y.scale = { domain: rows.map(row => row.key) };
    spec.encoding.y.axis.labelLimit = Math.min(200, block.clientWidth * 0.35);
    spec.encoding.x.title = block.querySelector('caption').textContent + (block.dataset.percent === 'true' ? ', %' : '');
    chart.append(document.createElement('div'));
    const runtime = vega.parse(vegaLite.compile(spec).spec);
    new vega.View(runtime, { renderer: 'svg', container: chart.firstChild, hover: false }).run();
  };

  // A chart takes its width from the page, so it is drawn when it is unfolded.
  const drawVisible = () => {
    for (const block of document.querySelectorAll('.block')) {
      if (!block.closest('details:not([open])')) {
        draw(block);
      }
    }
  };

  for (const details of document.querySelectorAll('details')) {
    details.addEventListener('toggle', drawVisible);
  }

  drawVisible();
})();
