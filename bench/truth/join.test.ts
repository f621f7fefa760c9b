import { describe, expect, it } from 'vitest'
import { joinMessages } from './join.ts'

const begun = (chatId: string, index: number, atMs: number) => ({ chatId, index, atMs })
const received = (device: string, index: number, plannedMs?: number) => ({
  device,
  index,
  plannedMs,
  sentMs: plannedMs === undefined ? undefined : plannedMs + 0.5,
})

describe('the join of stamps and messages', () => {
  it('pairs what the target wrote with what the receiver read and leaves out what has no marker', () => {
    const messages = joinMessages({
      begun: [begun('one', 2, 10), begun('two', 2, 11), begun('one', 3, 12)],
      received: [received('d1', 2), received('d2', 2, 5), received('d1', 3, 6)],
    })
    expect(messages).toEqual([
      { plannedMs: 5, sentMs: 5.5, begunMs: 11 },
      { plannedMs: 6, sentMs: 6.5, begunMs: 12 },
    ])
  })

  it.each([
    ['a lost POST', [received('d1', 2)], 'began 2 POSTs and the receiver read 1'],
    ['another index', [received('d1', 2), received('d2', 7)], 'POST 2 began with index 4 and came with 7'],
    ['a device of another chat', [received('d1', 2), received('d1', 4)], 'POST 2 joins chat two with d1'],
  ])('refuses %s', (_what, posts, why) => {
    expect(() => joinMessages({ begun: [begun('one', 2, 1), begun('two', 4, 2)], received: posts })).toThrow(why)
  })

  it('refuses a chat that comes back with another device', () => {
    const posts = [received('d1', 2), received('d2', 3)]
    expect(() => joinMessages({ begun: [begun('one', 2, 1), begun('one', 3, 2)], received: posts })).toThrow(
      'POST 2 joins chat one with d2, an earlier one joined it with d1',
    )
  })
})
