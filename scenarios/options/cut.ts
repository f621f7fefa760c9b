import { type BadInput, parseDuration } from '../../protocol/duration.ts'
import { type Kind, writeDuration } from './kinds.ts'

/** A point of the steady phase: a share of it, or milliseconds after its beginning. */
type Point = { share: number } | { ms: number }

/** Stretch of the steady phase in which each connection is cut once; a wave where it is one point. */
export interface Cut {
  from: Point
  to: Point
}

const allowed = 'a point of the steady phase like 50% or 10s, or a stretch of it like 40%..60%'

export const cut: Kind<Cut> = {
  parse(text) {
    const [from, to = from, ...more] = text.split('..').map(point)
    if (!from || !to || more.length > 0) return { error: `'${text}' is no point or stretch` } satisfies BadInput
    const isReversed =
      'share' in from && 'share' in to ? from.share > to.share : 'ms' in from && 'ms' in to && from.ms > to.ms
    return isReversed ? { error: `'${text}' ends before it begins` } : { from, to }
  },
  write({ from, to }) {
    const [first, last] = [from, to].map(pointText)
    return first === last ? first! : `${first}..${last}`
  },
  allowed,
}

/** @returns ms after the beginning of the steady phase. */
export function pointMs(at: Point, holdMs: number): number {
  return 'share' in at ? at.share * holdMs : Math.min(at.ms, holdMs)
}

function point(text: string): Point | undefined {
  const percent = /^(\d{1,3}(?:\.\d+)?)%$/.exec(text)?.[1]
  if (percent !== undefined) return Number(percent) <= 100 ? { share: Number(percent) / 100 } : undefined
  const ms = parseDuration(text)
  return typeof ms === 'number' ? { ms } : undefined
}

function pointText(at: Point): string {
  return 'share' in at ? `${Number((at.share * 100).toFixed(6))}%` : writeDuration(at.ms)
}
