import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ObservedPush } from '../protocol/stream/observation.ts'
import { observedText } from './observed-text.ts'

const instant = fc.double({ min: 0, max: 4e12, noNaN: true }).map(ms => ms + 0)
const text = fc.string({ unit: 'binary' })
const observed: fc.Arbitrary<ObservedPush> = fc.record({
  received: instant,
  answered: instant,
  validated: instant,
  lane: text,
  inFlight: fc.nat(),
  mode: fc.constantFrom('device-id', 'payload', 'reliable', 'advice', 'refused'),
  body: text,
  violations: fc.array(fc.record({ rule: text, what: text, at: text, expected: text, found: text }), { maxLength: 2 }),
})

test('is the JSON of every member, whatever a sender writes', () => {
  fc.assert(
    fc.property(observed, push => {
      expect(JSON.parse(observedText(push))).toEqual(JSON.parse(JSON.stringify(push)))
    }),
    { numRuns: 500 },
  )
})
