import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ObservedPush, readObservations, writeObservations } from '../protocol/stream/observation.ts'
import { observedText } from './observed-text.ts'

/** Whole microseconds. */
const instant = fc.nat({ max: 4e15 }).map(us => us / 1000)
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

test('what is read is what was written, whatever a sender sends', () => {
  fc.assert(
    fc.property(fc.array(observed), pushes => {
      const texts = pushes.map(observedText)
      const head = `{"frame":1,"pushes":[${texts.map(each => each.head).join()}]}`
      const text = writeObservations(
        head,
        texts.map(each => each.body),
      )
      expect(readObservations(text).pushes).toEqual(JSON.parse(JSON.stringify(pushes)))
    }),
    { numRuns: 500 },
  )
})
