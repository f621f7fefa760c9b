import { type Counter, counters, type Phase } from '../protocol/instants.ts'

export interface Counting {
  add(counter: Counter, count?: number): void
  /** Of the steady phase too, for rates: offered = planned and due, achieved = sent or, of anything else, happened. */
  offer(counter: Counter, phase: Phase): void
  achieve(counter: Counter, phase: Phase): void
  set(counter: Counter, count: number): void
  value(counter: Counter): number
  /** Planned and due in all phases so far, as the shards told. */
  offered(counter: Counter): number
  all(): Record<Counter, number>
  steady(counter: Counter): { offered: number; achieved: number }
  allSteady(): Record<string, { offered: number; achieved: number }>
}

export function createCounting(): Counting {
  const values = new Map<Counter, number>()
  const offered = new Map<Counter, number>()
  const steady = new Map<Counter, { offered: number; achieved: number }>()
  const add = (counter: Counter, count = 1) => void values.set(counter, (values.get(counter) ?? 0) + count)
  const steadyOf = (counter: Counter) => {
    const known = steady.get(counter) ?? { offered: 0, achieved: 0 }
    steady.set(counter, known)
    return known
  }
  return {
    add,
    offer(counter, phase) {
      offered.set(counter, (offered.get(counter) ?? 0) + 1)
      if (phase === 'steady') steadyOf(counter).offered += 1
    },
    achieve(counter, phase) {
      add(counter)
      if (phase === 'steady') steadyOf(counter).achieved += 1
    },
    set: (counter, count) => void values.set(counter, count),
    value: counter => values.get(counter) ?? 0,
    offered: counter => offered.get(counter) ?? 0,
    all: () => Object.fromEntries(counters.map(name => [name, values.get(name) ?? 0])) as Record<Counter, number>,
    steady: counter => steady.get(counter) ?? { offered: 0, achieved: 0 },
    allSteady: () => Object.fromEntries([...steady].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}
