import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { parseUrlEncoded } from './form.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

const pieces = ['+', '%2B', '%20', ' ', '%', '%4', '%ff', '&', '=', 'a', 'ü', '\uFEFF', '?', '[', ']', '\0']

test('[CV2-004] whatever a body holds, it is read as the platform reads it', () => {
  const text = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map(all => all.join(''))
  fc.assert(
    fc.property(text, body => {
      const expected = [...new URLSearchParams(body)]
      expect([...parseUrlEncoded(Buffer.from(body))]).toEqual(expected)
    }),
  )
})

test('the parser never meets a plus sign, since each costs it two pieces of text', () => {
  const texts: string[] = []
  vi.stubGlobal(
    'URLSearchParams',
    class extends URLSearchParams {
      constructor(text: string) {
        texts.push(text)
        super(text)
      }
    },
  )
  const bodies = ['+', '++', 'a=+b+&c+=%2B+', 'none']
  const values = bodies.map(body => [...parseUrlEncoded(Buffer.from(body))])
  expect(texts).toEqual([' ', '  ', 'a= b &c =%2B ', 'none'])
  expect(values[2]).toEqual([
    ['a', ' b '],
    ['c ', '+ '],
  ])
})
