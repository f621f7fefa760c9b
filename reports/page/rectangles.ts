import { CustomChart } from 'echarts/charts'
import { use } from 'echarts/core'
import type { Stroke } from './figure.ts'

use([CustomChart])

/** In units of the axes. */
export interface Rectangle {
  from: number
  to: number
  bottom: number
  top: number
}

/** A colour for areas; in the legend it fills its swatch. */
export function fill(color: string, opacity?: number): Stroke {
  return { color, width: 8, type: 'solid', ...(opacity !== undefined && { opacity }) }
}

type ToPixels = (point: readonly [number, number]) => [number, number]

/**
 * Many rectangles of one colour as one path: a page with thousands of elements is slow to open. Edges lie on whole pixels,
 * lest seams show between neighbours.
 */
export function rectangles(
  name: string,
  { color, opacity = 1 }: Stroke,
  all: readonly Rectangle[],
  more: object = {},
): object {
  const [first] = all
  if (first === undefined) return { name, type: 'custom', data: [], renderItem: () => null, ...more }
  const pathIn = (toPixels: ToPixels) =>
    all
      .map(({ from, to, bottom, top }) => {
        const [left, low] = toPixels([from, bottom]).map(Math.round) as [number, number]
        const [right, high] = toPixels([to, top]).map(Math.round) as [number, number]
        return `M${left} ${low}V${high}H${right}V${low}Z`
      })
      .join('')
  return {
    name,
    type: 'custom',
    silent: true,
    clip: true,
    renderItem: (_: unknown, { coord }: { coord: ToPixels }) => ({
      type: 'path',
      shape: { pathData: pathIn(coord) },
      style: { fill: color, opacity },
    }),
    // One item stands for all; its point lets the axis reach to the highest.
    data: [[first.from, Math.max(...all.map(({ top }) => top))]],
    ...more,
  }
}
