import { encodeIntoCompressedBase64, type Histogram } from 'hdr-histogram-js'
import type { Intervals } from '../../schemas/generated/types.ts'
import { occasionalThings, ratedThings } from '../intervals.ts'
import { emptyHistogram } from '../latency-cell.ts'
import { addEncoded } from './add-encoded.ts'
import type { Part } from './part.ts'

type Column = (number | null)[]

const rates = new Set<string>([...ratedThings, ...occasionalThings])

/**
 * The course of all parts by time since the start of each. An interval of the merged result is a block of the parts': for
 * those there are histograms to be added, and percentiles are never averaged.
 */
export function mergedIntervals(parts: readonly Part[], startMs: number): Intervals {
  const start = new Date(startMs).toISOString()
  const known = parts.filter(({ result }) => result.intervals.blocks)
  const [first] = known
  if (!first) return { seconds: 1, start, columns: {} }
  const { seconds, blocks } = first.result.intervals
  const every = blocks!.every
  const columnsOf = ({ result }: Part) => Object.entries(result.intervals.columns)
  const count = Math.max(
    0,
    ...known.flatMap(part => columnsOf(part).map(([, column]) => Math.ceil(column.length / every))),
  )
  const { histograms, percentiles } = mergedBlocks(known, count)

  const columns: Record<string, Column> = {}
  const add = (name: string, values: Column, sum: (all: number, value: number) => number) => {
    columns[name] = (columns[name] ?? new Array<null>(count).fill(null)).map((all, at) => added(all, values[at], sum))
  }
  for (const part of known)
    for (const [name, column] of columnsOf(part)) {
      const by = (value: (values: readonly number[]) => number) => blockwise(column, every, value)
      if (rates.has(name)) add(name, by(mean), plus)
      else if (name === 'sessions_live') add(name, by(last), plus)
      else if (isDrawn(name, histograms)) {
        if (name.endsWith('_max')) add(name, by(greatest), Math.max)
      } else columns[ofPart(name, part)] = name.endsWith('_max') ? by(greatest) : by(mean)
    }
  for (const [series, of] of Object.entries(percentiles)) {
    const highest = columns[`${series}_max`] ?? []
    for (const [name, values] of Object.entries(of))
      columns[`${series}_${name}`] = values.map((ms, at) => (ms === null ? null : Math.min(ms, highest[at] ?? ms)))
  }
  return { seconds: seconds * every, start, columns, blocks: { every: 1, histograms } }
}

function mergedBlocks(parts: readonly Part[], count: number) {
  const histograms: Record<string, (string | null)[]> = {}
  const percentiles: Record<string, Record<'p50' | 'p90' | 'p99', Column>> = {}
  const encodedOf = ({ result }: Part) => result.intervals.blocks!.histograms
  const block: Histogram = emptyHistogram()
  for (const series of new Set(parts.flatMap(part => Object.keys(encodedOf(part))))) {
    const drawn = parts.map(part => encodedOf(part)[series] ?? [])
    const of = { p50: [] as Column, p90: [] as Column, p99: [] as Column }
    const merged: (string | null)[] = []
    for (let at = 0; at < count; at += 1) {
      block.reset()
      for (const encoded of drawn.flatMap(blocks => blocks[at] ?? [])) addEncoded(block, encoded)
      const value = (percentile: number) =>
        block.totalCount === 0 ? null : block.getValueAtPercentile(percentile) / 1000
      of.p50.push(value(50))
      of.p90.push(value(90))
      of.p99.push(value(99))
      merged.push(block.totalCount === 0 ? null : encodeIntoCompressedBase64(block))
    }
    // As a run keeps them: blocks that were not complete when it ended are in no list.
    histograms[series] = merged.slice(0, Math.max(0, ...drawn.map(blocks => blocks.length)))
    percentiles[series] = of
  }
  return { histograms, percentiles }
}

function isDrawn(column: string, histograms: Record<string, unknown>): boolean {
  return /_(p50|p90|p99|max)$/.test(column) && column.replace(/_[^_]+$/, '') in histograms
}

/** `cpu_k6` of part 3 is `cpu_k6_part_3`, `loop_receiver_max` `loop_receiver_part_3_max`. */
function ofPart(column: string, { number }: Part): string {
  return column.endsWith('_max') ? column.replace(/_max$/, `_part_${number}_max`) : `${column}_part_${number}`
}

function blockwise(column: Column, every: number, value: (values: readonly number[]) => number): Column {
  return Array.from({ length: Math.ceil(column.length / every) }, (_, at) => {
    const values = column.slice(at * every, (at + 1) * every).filter(each => each !== null)
    return values.length === 0 ? null : value(values)
  })
}

function added(all: number | null, value: number | null | undefined, sum: typeof plus): number | null {
  return value == null ? all : all === null ? value : sum(all, value)
}

const plus = (a: number, b: number) => a + b
const mean = (values: readonly number[]) => values.reduce(plus, 0) / values.length
const last = (values: readonly number[]) => values.at(-1)!
const greatest = (values: readonly number[]) => Math.max(...values)
