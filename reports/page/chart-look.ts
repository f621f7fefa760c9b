import type { Stroke } from './figure.ts'
import { elapsedText, threeDigits } from './number-text.ts'

const text = { color: 'var(--ink-2)', fontSize: 13 }
const axisLook = {
  axisLine: { show: true, lineStyle: { color: 'var(--rule-2)' } },
  axisTick: { show: false },
  axisLabel: { ...text, hideOverlap: true },
  nameTextStyle: { ...text, fontSize: 12.5 },
}
const gridLine = { show: true, lineStyle: { color: 'var(--rule)' } }

export const grid = { left: 80, right: 40, top: 34, bottom: 54 }

const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200, 86_400]

export function elapsedAxis(seconds: number): object {
  const step = steps.find(candidate => seconds / candidate <= 10) ?? Math.ceil(seconds / 10 / 86_400) * 86_400
  return {
    ...axisLook,
    type: 'value',
    min: 0,
    max: seconds,
    interval: step,
    name: 'time since the first chat, min:s',
    nameLocation: 'middle',
    nameGap: 32,
    // The end of the run is rarely a round number; its label would stand beside the last round one.
    axisLabel: { ...axisLook.axisLabel, formatter: (at: number) => (at % step === 0 ? elapsedText(at) : '') },
    splitLine: { show: false },
  }
}

/** 1 µs, the resolution, to 1 h is not quite seven; more would press the lines together. */
const mostDecades = 6

/** Whole decades around the values, so that the same numbers always give the same picture. */
export function decades(values: readonly number[]): { min: number; max: number } {
  // Not Math.max(...values): a heat map has more of them than a call takes.
  let [least, greatest] = [Number.POSITIVE_INFINITY, 0]
  for (const value of values) {
    if (value <= 0) continue
    least = Math.min(least, value)
    greatest = Math.max(greatest, value)
  }
  if (greatest === 0) return { min: 1, max: 10 }
  const top = Math.ceil(Math.log10(greatest))
  const bottom = Math.max(Math.floor(Math.log10(least)), top - mostDecades)
  return { min: 10 ** bottom, max: 10 ** Math.max(top, bottom + 1) }
}

export function logAxis(range: { min: number; max: number }, name: string): object {
  return {
    ...axisLook,
    type: 'log',
    ...range,
    splitNumber: Math.round(Math.log10(range.max / range.min)),
    name,
    nameTextStyle: { ...axisLook.nameTextStyle, align: 'left', padding: [0, 0, 2, -68] },
    axisLabel: {
      ...axisLook.axisLabel,
      formatter: (value: number) => (value < 1 ? String(value) : threeDigits(value).replace(/\.0+$/, '')),
    },
    splitLine: gridLine,
  }
}

export function linearAxis(name: string): object {
  return {
    ...axisLook,
    type: 'value',
    min: 0,
    name,
    nameTextStyle: { ...axisLook.nameTextStyle, align: 'left', padding: [0, 0, 2, -68] },
    splitLine: gridLine,
  }
}

/** 1 / (1 − p) on a log axis: each further nine gets the same room. */
export function percentileAxis(max: number): object {
  return {
    ...axisLook,
    type: 'log',
    min: 1,
    max,
    name: 'share of the samples at or below',
    nameLocation: 'middle',
    nameGap: 32,
    axisLabel: {
      ...axisLook.axisLabel,
      formatter: (value: number) =>
        `${Number((100 - 100 / value).toFixed(Math.max(0, Math.round(Math.log10(value)) - 2)))} %`,
    },
    splitLine: gridLine,
  }
}

export type Point = readonly [number, number | null]

/** A line; a point without neighbours gets a dot, for a line of one point cannot be seen. */
export function line(name: string, stroke: Stroke, points: readonly Point[], more: object = {}): object {
  const isAlone = (i: number) => (points[i - 1]?.[1] ?? null) === null && (points[i + 1]?.[1] ?? null) === null
  return {
    name,
    type: 'line',
    silent: true,
    lineStyle: stroke,
    itemStyle: { color: stroke.color },
    data: points.map((point, i) => ({ value: point, symbol: isAlone(i) ? 'circle' : 'none', symbolSize: 5 })),
    ...more,
  }
}

/** A horizontal line at the limit, with its name. */
export function limitLine(limit: number, name: string): object {
  return {
    yAxis: limit,
    lineStyle: { color: 'var(--bad)', width: 1.6, type: [10, 4] },
    label: {
      show: true,
      position: 'insideEndTop',
      formatter: name,
      color: 'var(--bad)',
      fontSize: 13,
      textBorderWidth: 0,
    },
  }
}

/** A strip along the foot of the figure, from and to in seconds: what was done to the target on purpose. */
export function faultStrip(from: number, to: number, floor: number): object {
  return [
    {
      coord: [from, floor],
      lineStyle: { color: 'var(--unsure)', width: 8, type: 'solid', cap: 'butt' },
      label: { show: false },
    },
    { coord: [to, floor] },
  ]
}

/** Lines and strips of a series; nothing where there is none. */
export function markLines(lines: readonly object[]): object {
  return lines.length === 0 ? {} : { markLine: { silent: true, symbol: 'none', data: lines } }
}
