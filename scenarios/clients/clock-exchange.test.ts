import { expect, test } from 'vitest'
import { createClockExchange } from './clock-exchange.ts'
import type { Socket } from './socket.ts'

const socket = (sent: string[]) => ({ send: (text: string) => void sent.push(text) }) as unknown as Socket

function exchange() {
  const clock = { ms: 1_000 }
  const sent: string[] = []
  const exchanged = createClockExchange(() => clock.ms, false)
  /** Asks now, is answered by a peer that is 900 s ahead, and looks at it `lateMs` after the frame's own stamp. */
  const round = (stampMs: number, lateMs = 0) => {
    exchanged.ask(socket(sent))
    const sentMs = clock.ms
    clock.ms = sentMs + 2 + lateMs
    exchanged.answered(`${sent.at(-1)},${sentMs + 1 + 900_000}`, stampMs)
  }
  return { clock, exchanged, round }
}

test('the frame’s own stamp counts, and raw rounds go to the collector once', () => {
  const { exchanged, round } = exchange()
  round(1_002, 50)
  expect(exchanged.offsetMs()).toBe(900_000)
  expect(exchanged.taken()).toEqual({ rounds: [[1_000, 901_001, 1_002]], boundMs: expect.closeTo(1.025, 5) })
  expect(exchanged.taken()).toBeUndefined()
})

test('a stamp of a wall clock that was set is not taken: before the question, or after now', () => {
  const { exchanged, round } = exchange()
  round(400)
  round(90_000)
  expect(exchanged.taken()!.rounds.map(([, , receivedMs]) => receivedMs)).toEqual([1_002, 1_004])
})

test('what is no answer is left to others, and nothing gathers for ever', () => {
  const { exchanged, round } = exchange()
  expect(exchanged.answered('17,1,2,0,0', 1_000)).toBe(false)
  expect(exchanged.answered('c,rubbish', 1_000)).toBe(true)
  for (let i = 0; i < 500; i++) round(0)
  expect(exchanged.taken()!.rounds).toHaveLength(100)
})
