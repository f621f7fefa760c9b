type Curve = [share: number, milliseconds: number][]

/** What was recorded once, and is drawn again from docs/pictures/closed-loop.json. */
export interface Contrast {
  recordedAt: string
  stopSeconds: number
  openLoop: { sends: number; seconds: number; maxMs: number; curve: Curve }
  closedLoop: { sends: number; seconds: number; users: number; thinkMs: number; maxMs: number; curve: Curve }
}

const frame = { left: 70, top: 60, width: 600, height: 280 }
/** The axis of percentiles is stretched towards its end, as latency is read: each 9 more has the same width. */
const greatestShare = 0.999
const decades = [0.1, 1, 10, 100, 1_000, 10_000]
const axis = [0, 0.5, 0.9, 0.99, 0.999]

const x = (share: number) =>
  Math.round(
    frame.left + (frame.width * Math.log10(1 - Math.min(share, greatestShare))) / Math.log10(1 - greatestShare),
  )
const y = (ms: number) => {
  const [low, high] = [Math.log10(decades[0]!), Math.log10(2 * decades.at(-1)!)]
  return Math.round(frame.top + frame.height * (1 - (Math.log10(Math.max(ms, decades[0]!)) - low) / (high - low)))
}

/** An SVG that can be read by hand: one line an element. */
export function drawContrast({ stopSeconds, openLoop, closedLoop }: Contrast): string {
  const bottom = frame.top + frame.height
  const right = frame.left + frame.width
  const p99 = (curve: Curve) => curve.find(([share]) => share === 0.99)?.[1] ?? 0
  const [open, closed] = [p99(openLoop.curve), p99(closedLoop.curve)]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 700 400" role="img" aria-labelledby="title">`,
    `<title id="title">Latency by percentile of two load generators while the target stood still for ${stopSeconds} s: p99 ${word(open)} by the open loop, ${word(closed)} by the closed loop</title>`,
    `<style>text{font:13px sans-serif;fill:#333}.grid{stroke:#ddd}.open{stroke:#0a58ca;fill:none;stroke-width:2.5}.closed{stroke:#b3261e;fill:none;stroke-width:2.5;stroke-dasharray:7 4}</style>`,
    `<rect width="700" height="400" fill="#fff"/>`,
    `<text x="${frame.left}" y="24" style="font-weight:bold">The target stood still for ${stopSeconds} s; both asked it about ${Math.round(openLoop.sends / openLoop.seconds)} times a second</text>`,
    `<text x="${frame.left}" y="44">Time to the answer of a send, by percentile (logarithmic)</text>`,
    ...decades.flatMap(ms => [
      `<line class="grid" x1="${frame.left}" x2="${right}" y1="${y(ms)}" y2="${y(ms)}"/>`,
      `<text x="${frame.left - 8}" y="${y(ms) + 4}" text-anchor="end">${word(ms)}</text>`,
    ]),
    ...axis.flatMap(share => [
      `<line class="grid" x1="${x(share)}" x2="${x(share)}" y1="${frame.top}" y2="${bottom}"/>`,
      `<text x="${x(share)}" y="${bottom + 20}" text-anchor="middle">p${Number((share * 100).toFixed(1))}</text>`,
    ]),
    `<polyline class="open" points="${line(openLoop.curve)}"/>`,
    `<polyline class="closed" points="${line(closedLoop.curve)}"/>`,
    `<text x="${x(0.9) + 12}" y="${y(open) + 30}" style="fill:#0a58ca">open loop, from the plan: p99 ${word(open)}</text>`,
    `<text x="${x(0.9) + 12}" y="${y(closed) + 56}" style="fill:#b3261e">closed loop, from the send: p99 ${word(closed)}</text>`,
    `<text x="${frame.left}" y="${bottom + 44}">open loop: ${openLoop.sends} sends in ${openLoop.seconds} s; closed loop: ${closedLoop.sends} sends in ${closedLoop.seconds} s, ${closedLoop.users} users, greatest ${word(closedLoop.maxMs)}</text>`,
    `</svg>`,
    '',
  ].join('\n')
}

function line(curve: Curve): string {
  const drawn = curve.filter(([share]) => share <= greatestShare)
  return drawn.map(([share, ms]) => `${x(share)},${y(ms)}`).join(' ')
}

function word(ms: number): string {
  return ms >= 1_000 ? `${Number((ms / 1_000).toFixed(1))} s` : `${ms < 10 ? Number(ms.toFixed(1)) : Math.round(ms)} ms`
}
