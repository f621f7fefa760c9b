import { expect, test } from 'vitest'
import { withUntimedHearing } from './nobody-heard.ts'

const latency = {
  ...{ metric: 'notification_latency', expression: 'p(99)<500', limit: 500, isDefault: true, value: null, samples: 0 },
  ...{ verdict: 'inconclusive' as const, text: 'notification_latency has no sample in the steady phase' },
}
const lost = { ...latency, metric: 'notifications_lost', value: 0, verdict: 'pass' as const, text: '0 were lost' }
const silent = { notifications: 0, sent: 50, isTimed: false }

test('[CV2-120] customers who sent and heard nobody have no agent, which a longer run would not change', () => {
  const [first, second] = withUntimedHearing([latency, lost], silent)
  expect(first?.text).toContain('nobody but the customers said anything')
  expect(first?.verdict).toBe('inconclusive')
  expect(second).toEqual(lost)
})

test('an agent whose texts carry no marker is heard and not timed', () => {
  const [first] = withUntimedHearing([latency], { ...silent, notifications: 34 })
  expect(first?.text).toContain('34 notifications came, and no text among them begins with a marker of this run')
})

test('who judges another latency needs no usual one of notifications; one that was asked for stays', () => {
  const send = { ...latency, metric: 'send_latency', isDefault: false, samples: 50, verdict: 'pass' as const }
  expect(withUntimedHearing([latency, send], silent).map(({ verdict }) => verdict)).toEqual(['not-judged', 'pass'])
  // Customers that are pushed as well have their own activity timed by its pushes.
  const push = { ...latency, metric: 'push_latency', samples: 400, value: 9, verdict: 'pass' as const }
  expect(withUntimedHearing([push, latency], silent).map(({ verdict }) => verdict)).toEqual(['pass', 'not-judged'])
  expect(withUntimedHearing([{ ...push, samples: 0 }, latency], silent)[1]?.verdict).toBe('inconclusive')
  const own = { ...latency, isDefault: false }
  expect(withUntimedHearing([own, send], silent)[0]?.verdict).toBe('inconclusive')
})

test('where something was timed, or nothing was sent, the reason is another one', () => {
  expect(withUntimedHearing([latency], { ...silent, notifications: 1, isTimed: true })).toEqual([latency])
  expect(withUntimedHearing([latency], { ...silent, sent: 0 })).toEqual([latency])
})
