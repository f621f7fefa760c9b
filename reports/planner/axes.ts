import { elapsedAxis, linearAxis, logAxis } from '../page/chart-look.ts'
import { countText } from '../page/number-text.ts'

const below = (name: string) => ({
  ...{ name, nameLocation: 'middle', nameGap: 32, splitLine: { show: false } },
  nameTextStyle: { color: 'var(--ink-2)', fontSize: 12.5 },
})

export function sessionsAxis(max: number): object {
  const look = linearAxis('') as { axisLabel: object }
  return {
    ...{ ...look, max, ...below('chats live at once') },
    axisLabel: { ...look.axisLabel, formatter: countText },
  }
}

export function sessionsLogAxis(range: { min: number; max: number }): object {
  const look = logAxis(range, '') as { axisLabel: object }
  return {
    ...{ ...look, ...below('chats live at once, log scale') },
    axisLabel: { ...look.axisLabel, formatter: countText },
  }
}

export function outageAxis(maxMs: number): object {
  return { ...elapsedAxis(maxMs / 1_000), ...below('length of the outage, min:s') }
}

/** An upright line with its name on the side that has more room, for the question that was asked. */
export function uprightLine(x: number, name: string, isFarRight = false): object {
  const [align, padding] = isFarRight ? ['right', [0, 6, 0, 0]] : ['left', [0, 0, 0, 6]]
  return {
    ...{ xAxis: x, lineStyle: { color: 'var(--rule-2)', width: 1.4, type: [4, 3] } },
    label: {
      ...{ show: true, position: 'insideEndTop', rotate: 0, align, padding },
      ...{ formatter: name, color: 'var(--ink-2)', fontSize: 13, textBorderWidth: 0 },
    },
  }
}

/** A round number at or above, not much above. */
export function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].map(each => each * power).find(each => each >= value * (1 - 1e-9))!
}

export const evenly = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, at) => from + ((to - from) * at) / (count - 1))
