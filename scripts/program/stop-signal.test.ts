import { expect, it } from 'vitest'
import { onStopSignal } from './stop-signal.ts'

it('counts signals within half a second as one key press', () => {
  let now = 0
  const counts: number[] = []
  const stopListening = onStopSignal(
    count => counts.push(count),
    () => now,
  )
  const signal = (atMs: number) => {
    now = atMs
    process.emit('SIGINT', 'SIGINT')
  }
  for (const atMs of [0, 3, 200, 700, 703, 1_500]) signal(atMs)
  stopListening()
  expect(counts).toEqual([1, 2, 3])
})
