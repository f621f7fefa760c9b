import { LineChart } from 'echarts/charts'
import { GridComponent, MarkAreaComponent, MarkLineComponent } from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { type Html, html, trusted } from './html.ts'
import type { Zoom } from './zoom-script.ts'

use([LineChart, GridComponent, MarkAreaComponent, MarkLineComponent, SVGRenderer])

/** Colour and dash belong together: lines are told apart without colour too. */
export const strokes = {
  first: { color: 'var(--s1)', width: 2.2, type: 'solid' },
  second: { color: 'var(--s2)', width: 2.2, type: [7, 3] },
  third: { color: 'var(--s3)', width: 2, type: [2, 2.5] },
  fourth: { color: 'var(--s4)', width: 1.6, type: [9, 3, 2, 3] },
} as const
export interface Stroke {
  color: string
  width: number
  type: 'solid' | readonly number[]
  opacity?: number
}

/** What stands for single points; shape and colour belong together. */
export const marks = {
  good: { symbol: 'circle', color: 'var(--good)' },
  bad: { symbol: 'rect', color: 'var(--bad)' },
  unsure: { symbol: 'diamond', color: 'var(--unsure)' },
} as const
export type Mark = (typeof marks)[keyof typeof marks]
const markPaths = {
  circle: 'M12 4a4 4 0 1 0 8 0a4 4 0 1 0-8 0',
  rect: 'M12 0h8v8h-8z',
  diamond: 'M16 0l4 4l-4 4l-4-4z',
}

export interface FigureContent {
  /** Unique in the page; prefix of every id inside. */
  id: string
  title: string
  /** What the picture shows, in words and numbers, for those who do not see it. */
  description: string
  option: EChartsCoreOption
  legend: readonly { name: string; stroke: Stroke; mark?: Mark }[]
  data: Html
  /** Said of the shaded bands, where there are any. */
  shaded?: string
  /** Said of the strip at the foot, where there is one. */
  planted?: string
  height?: number
  /** A figure over time that a reader with scripts can zoom. */
  zoom?: Zoom
}

const width = 960

/** ECharts numbers its ids by chart since the process began and adds hover rules: both would break equal bytes. */
function plain(svg: string, id: string): string {
  return svg
    .replace(/<style ><!\[CDATA\[[\s\S]*?\]\]>\s*<\/style>/, '')
    .replace(/ class="zr\d+-cls-\d+"| ecmeta_\w+="[^"]*"| pointer-events="visible"/g, '')
    .replace(/ xmlns(:xlink)?="[^"]*"| baseProfile="full"| version="1.1"/g, '')
    .replace(/font-family:[^;"]+;/g, '')
    .replace(/zr\d+-/g, `${id}-`)
}

function drawn({ id, title, description, option, height = 340 }: FigureContent): Html {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  chart.setOption({ animation: false, backgroundColor: 'transparent', ...option })
  const svg = plain(chart.renderToSVGString(), id)
  chart.dispose()
  const opening = html`<svg role="img" viewBox="0 0 ${width} ${height}" aria-labelledby="${id}-t ${id}-d"><title id="${id}-t">${title}</title><desc id="${id}-d">${description}</desc>`
  return trusted(svg.replace(/^<svg[^>]*>/, () => opening.markup))
}

function swatch({ color, width: lineWidth, type, opacity }: Stroke, mark: Mark | undefined): Html {
  if (mark)
    return trusted(
      `<svg class="swatch" viewBox="0 0 34 8" aria-hidden="true"><path d="${markPaths[mark.symbol]}" fill="${mark.color}"/></svg>`,
    )
  const dash = type === 'solid' ? '' : ` stroke-dasharray="${type.join(' ')}"`
  const faint = opacity === undefined ? '' : ` stroke-opacity="${opacity}"`
  return trusted(
    `<svg class="swatch" viewBox="0 0 34 8" aria-hidden="true"><path d="M0 4H34" stroke="${color}" stroke-width="${lineWidth}"${dash}${faint}/></svg>`,
  )
}

/** A figure with title, picture, legend and its data as a table. */
export function figure(content: FigureContent): Html {
  const { id, title, description, legend, data, shaded, planted, zoom } = content
  const zoomData = zoom === undefined ? undefined : html` data-zoom="${JSON.stringify(zoom)}"`
  // What must not be cut in print; an unfolded table may be longer than a sheet.
  return html`<figure aria-labelledby="${id}-c"${zoomData}><div class="picture">
<figcaption id="${id}-c"><strong>${title}</strong> <span class="quiet">${description}</span></figcaption>
<ul class="legend">${legend.map(({ name, stroke, mark }) => html`<li>${swatch(stroke, mark)} ${name}</li>`)}${shaded === undefined ? '' : html`<li><span class="shade"></span> ${shaded}</li>`}${planted === undefined ? '' : html`<li><span class="strip"></span> ${planted}</li>`}</ul>
<div class="plot" role="group" aria-label="${title}, picture" tabindex="0">${drawn(content)}</div></div>
<details><summary>Data table<span class="hidden"> of ${title}</span></summary>${data}</details>
</figure>`
}
