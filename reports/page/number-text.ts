import type { Percentile } from '../../schemas/generated/types.ts'

/** 18204 → '18,204'; own code because the bytes of a report must not depend on the ICU data of a Node release. */
export function countText(value: number): string {
  const [whole, fraction] = String(value).split('.')
  const grouped = (whole as string).replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}

/** Three significant digits, what the histograms keep: 0.812, 3.12, 41.3, 2,012. */
export function threeDigits(value: number): string {
  const size = Math.abs(value)
  if (size === 0) return '0'
  if (size >= 100) return countText(Math.round(value))
  return value.toFixed(size >= 10 ? 1 : size >= 1 ? 2 : 3)
}

export const msText = (value: number): string => `${threeDigits(value)} ms`
/** Shares near 0 and near 1 keep what tells them apart from it. */
export function percentText(share: number): string {
  const digits = share < 0.01 ? 3 : share > 0.99 && share < 1 ? 2 : 1
  return `${Number((share * 100).toFixed(digits))} %`
}
export const rateText = (perSecond: number): string => `${threeDigits(perSecond)}/s`

/** 'p999' → 'p99.9' */
export function percentileName(key: string): string {
  return key === 'p999' ? 'p99.9' : key
}

/** The value of a percentile in words: '11.2 ms', '≥ 10,000 ms', 'not enough samples (n = 412; p99.9 needs 3,688)'. */
export function percentileText(percentile: Percentile, key: string, samples: number): string {
  if (percentile.value === null) {
    const needs = percentile.needs === undefined ? '' : `; ${percentileName(key)} needs ${countText(percentile.needs)}`
    return `not enough samples (n = ${countText(samples)}${needs})`
  }
  return `${percentile.atLeast ? '≥ ' : ''}${msText(percentile.value)}`
}

export function bytesText(bytes: number): string {
  const mebibytes = bytes / 2 ** 20
  return mebibytes >= 1024 ? `${(mebibytes / 1024).toFixed(1)} GiB` : `${threeDigits(mebibytes)} MiB`
}

/** 95 → '1 min 35 s'; parts of a second only below ten seconds. */
export function durationText(seconds: number): string {
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`
  const whole = Math.round(seconds)
  const parts = [
    [Math.floor(whole / 3600), 'h'],
    [Math.floor((whole % 3600) / 60), 'min'],
    [whole % 60, 's'],
  ] as const
  return parts
    .filter(([value]) => value > 0)
    .map(([value, unit]) => `${value} ${unit}`)
    .join(' ')
}

/** Elapsed time for an axis: 95 → '1:35', 5000 → '1:23:20'. */
export function elapsedText(seconds: number): string {
  const whole = Math.round(seconds)
  const two = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
}

/** 1 push, 2 pushes. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${countText(value)} ${value === 1 ? one : many}`
}
