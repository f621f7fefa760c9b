import { numberText } from '../../judging/number-text.ts'
import type { Count } from '../../planning/capacity-plan.ts'
import type { Unit } from '../../planning/figure.ts'

const units = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
] as const

/** Below this nobody plans anything by the difference. */
const least = 0.01

const smallText = (value: number) => (value > 0 && value < least ? `under ${least}` : numberText(value))

/** 5 → '5 ms', 1800000 → '30 min', 86400000 → '24 h'. */
export function durationText(ms: number): string {
  if (ms === Number.POSITIVE_INFINITY) return 'without end'
  const [length, unit] = units.find(([each]) => ms >= each * (each === 86_400_000 ? 2 : 1)) ?? [1, 'ms']
  return `${smallText(ms / length)} ${unit}`
}

export function shareText(share: number): string {
  return `${smallText(share * 100)} %`
}

export function rateText(perSecond: number): string {
  return `${smallText(perSecond)}/s`
}

export function bytesText(bytes: number): string {
  const power = Math.min(4, Math.max(0, Math.floor(Math.log(bytes) / Math.log(1_024))))
  return `${numberText(bytes / 1_024 ** power)} ${['B', 'KiB', 'MiB', 'GiB', 'TiB'][power]}`
}

export function valueText(value: number, unit: Unit): string {
  if (unit === 'ms') return durationText(value)
  if (unit === 'share') return shareText(value)
  if (unit === 'bytes') return bytesText(value)
  if (unit === '1/s') return rateText(value)
  if (unit === 'count') return numberText(value)
  return `${numberText(value)} ${value === 1 ? unit.slice(0, -1) : unit}`
}

/** '3 (2 to 5)', or '3' where nothing else is possible. */
export function countRangeText({ value, low, high }: Count): string {
  const [least, most] = [numberText(low), numberText(high)]
  return low === high ? numberText(value) : `${numberText(value)} (${least} to ${most})`
}
