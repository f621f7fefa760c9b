// Inlined before zoom.js: how a figure is drawn when it is zoomed. Colours are read anew at each drawing, for light may turn dark.
// biome-ignore lint/correctness/noUnusedVariables: zoom.js calls it
const zoomPicture = (result, end) => {
  const height = 340
  const ink = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

  function elapsed(at) {
    const whole = Math.round(at)
    const two = value => String(value).padStart(2, '0')
    const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)]
    return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
  }

  /** Phases behind the lines, limit and planted fault before them, as in the picture. */
  function drawPhases(plot) {
    const { ctx, bbox } = plot
    for (const phase of result.phases) {
      const from = (Date.parse(phase.start) - Date.parse(result.intervals.start)) / 1000
      const [left, right] = [from, from + phase.seconds].map(at =>
        Math.min(bbox.left + bbox.width, Math.max(bbox.left, plot.valToPos(at, 'x', true))),
      )
      if (phase.name === 'steady' || right <= left) continue
      ctx.fillStyle = ink('--band')
      ctx.fillRect(left, bbox.top, right - left, bbox.height)
    }
  }

  function drawFault({ ctx, bbox }) {
    const thickness = 8 * devicePixelRatio
    ctx.fillStyle = ink('--unsure')
    ctx.fillRect(bbox.left, bbox.top + bbox.height - thickness / 2, bbox.width, thickness)
  }

  function drawLimit(plot, limit) {
    const { ctx, bbox } = plot
    const at = plot.valToPos(limit.value, 'y', true)
    if (at < bbox.top || at > bbox.top + bbox.height) return
    ctx.save()
    ctx.strokeStyle = ctx.fillStyle = ink('--bad')
    ctx.lineWidth = 1.6 * devicePixelRatio
    ctx.setLineDash([10 * devicePixelRatio, 4 * devicePixelRatio])
    ctx.beginPath()
    ctx.moveTo(bbox.left, at)
    ctx.lineTo(bbox.left + bbox.width, at)
    ctx.stroke()
    ctx.font = `${13 * devicePixelRatio}px system-ui, sans-serif`
    ctx.textAlign = 'right'
    ctx.fillText(limit.name, bbox.left + bbox.width - 4 * devicePixelRatio, at - 5 * devicePixelRatio)
    ctx.restore()
  }

  function optionsOf({ lines, scale, unit, range, limit }, width, onPoint) {
    const axis = {
      stroke: () => ink('--ink-2'),
      grid: { stroke: () => ink('--rule'), width: 1 },
      ticks: { show: false },
      font: '13px system-ui, sans-serif',
    }
    return {
      width,
      height,
      legend: { show: false },
      cursor: { drag: { x: true, y: false, dist: 4 }, y: false },
      scales: {
        x: { time: false, min: 0, max: end },
        y:
          scale === 'log'
            ? { distr: 3, range: [range.min, range.max] }
            : { range: (_, __, max) => [0, max * 1.08 || 1] },
      },
      axes: [
        {
          ...axis,
          values: (_, at) => at.map(elapsed),
          incrs: [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400],
        },
        {
          ...axis,
          size: 70,
          label: unit,
          labelFont: '13px system-ui, sans-serif',
          values: (_, at) => at.map(value => (value === null ? '' : value.toLocaleString('en'))),
        },
      ],
      series: [
        {},
        ...lines.map(line => ({
          label: line.name,
          stroke: () => ink(line.color),
          width: line.width,
          dash: line.dash,
          points: { show: false },
        })),
      ],
      hooks: {
        drawClear: [drawPhases],
        draw: [
          ...(limit === undefined ? [] : [plot => drawLimit(plot, limit)]),
          ...(result.target.fault === undefined ? [] : [drawFault]),
        ],
        setCursor: [plot => onPoint(plot.cursor.idx)],
      },
    }
  }

  return { height, elapsed, optionsOf }
}
