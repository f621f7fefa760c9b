// Runs in the reader's browser, inlined as it stands here. Without it each figure is its picture and its table.
;(() => {
  const result = JSON.parse(document.getElementById('result').textContent)
  const { columns, seconds } = result.intervals
  const length = Math.max(0, ...Object.values(columns).map(values => values.length))
  const end = length * seconds
  const { height, elapsed, optionsOf } = zoomPicture(result, end)
  const middles = Array.from({ length }, (_, i) => (i + 0.5) * seconds)
  const hint = 'Drag across the picture to zoom. Keys: arrows move in time, + and − zoom, 0 shows the whole run.'
  const step = { in: 0.5, out: 2 }
  const dark = matchMedia('(prefers-color-scheme: dark)')

  function digits(value) {
    if (value >= 100) return Math.round(value).toLocaleString('en')
    return value === 0 ? '0' : value.toFixed(value >= 10 ? 1 : value >= 1 ? 2 : 3)
  }

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
    made.append(...children)
    return made
  }

  function open(figure, title) {
    const zoom = JSON.parse(figure.dataset.zoom)
    const floor = zoom.scale === 'log' ? zoom.range.min : 0
    const data = [
      middles,
      ...zoom.lines.map(({ column }) => columns[column].map(value => (value === null ? null : Math.max(value, floor)))),
    ]
    const readout = element('p', { class: 'readout' })
    const stage = element('div', {
      class: 'stage',
      tabindex: '0',
      role: 'slider',
      'aria-label': `${title}: point in time`,
      'aria-valuemin': '0',
      'aria-valuemax': String(length - 1),
      'aria-valuenow': '0',
    })
    const tools = element('div', { class: 'tools' })
    const box = element(
      'div',
      { class: 'zoom', role: 'group', 'aria-label': `${title}, zoomed` },
      tools,
      stage,
      readout,
      element('p', { class: 'quiet' }, hint),
    )
    figure.querySelector('.plot').after(box)
    let at = 0
    const plot = new uPlot(optionsOf(zoom, stage.clientWidth, show), data, stage)

    function show(index) {
      if (index === null || index === undefined) return
      at = index
      const values = zoom.lines.map(({ column, name }) => {
        const value = columns[column][index]
        return `${name} ${value === null || value === undefined ? 'no data' : `${digits(value)} ${zoom.unit}`}`
      })
      const text = `${elapsed(index * seconds)}: ${values.join(', ')}`
      readout.textContent = text
      stage.setAttribute('aria-valuenow', String(index))
      stage.setAttribute('aria-valuetext', text)
    }
    function point(index) {
      const to = Math.min(length - 1, Math.max(0, index))
      const { min, max } = plot.scales.x
      if (middles[to] < min || middles[to] > max) view(middles[to] - (max - min) / 2, max - min)
      plot.setCursor({ left: plot.valToPos(middles[to], 'x'), top: 0 })
      show(to)
    }
    function view(from, width) {
      const shown = Math.min(end, Math.max(4 * seconds, width))
      const min = Math.min(end - shown, Math.max(0, from))
      plot.setScale('x', { min, max: min + shown })
    }
    const width = () => plot.scales.x.max - plot.scales.x.min
    function scaleBy(factor) {
      const { min, max } = plot.scales.x
      const center = middles[at] >= min && middles[at] <= max ? middles[at] : (min + max) / 2
      view(center - (factor * width()) / 2, factor * width())
    }
    const doings = {
      Closer: () => scaleBy(step.in),
      Wider: () => scaleBy(step.out),
      Earlier: () => view(plot.scales.x.min - width() / 2, width()),
      Later: () => view(plot.scales.x.min + width() / 2, width()),
      'Whole run': () => view(0, end),
    }
    for (const [name, act] of Object.entries(doings)) {
      const button = element('button', { type: 'button' }, name)
      button.addEventListener('click', act)
      tools.append(button)
    }
    const keys = {
      ArrowLeft: () => point(at - 1),
      ArrowRight: () => point(at + 1),
      ArrowDown: () => point(at - 1),
      ArrowUp: () => point(at + 1),
      PageDown: () => point(at - 10),
      PageUp: () => point(at + 10),
      Home: () => point(0),
      End: () => point(length - 1),
      '+': doings.Closer,
      '-': doings.Wider,
      0: doings['Whole run'],
    }
    stage.addEventListener('keydown', event => {
      const act = keys[event.key]
      if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return
      event.preventDefault()
      act()
    })
    dark.addEventListener('change', () => plot.redraw())
    new ResizeObserver(() => {
      if (stage.clientWidth > 0) plot.setSize({ width: stage.clientWidth, height })
    }).observe(stage)
    show(0)
    return box
  }

  for (const figure of length < 2 ? [] : document.querySelectorAll('figure[data-zoom]')) {
    const picture = figure.querySelector('.plot')
    const title = figure.querySelector('figcaption strong').textContent
    const button = element(
      'button',
      { type: 'button', class: 'to-zoom', 'aria-pressed': 'false' },
      'Zoom',
      element('span', { class: 'hidden' }, ` into ${title}`),
    )
    let box
    button.addEventListener('click', () => {
      const isZoomed = button.getAttribute('aria-pressed') === 'false'
      button.setAttribute('aria-pressed', String(isZoomed))
      figure.classList.toggle('zoomed', isZoomed)
      box ??= open(figure, title)
      if (isZoomed) box.querySelector('.stage').focus({ preventScroll: true })
    })
    picture.before(button)
  }
})()
