import { expect, test } from 'vitest'
import { createCookieJar } from './cookie-jar.ts'

test('keeps names and values, the newest of each, whatever the attributes', () => {
  const jar = createCookieJar()
  expect(jar.header()).toBe('')
  jar.take('BAYEUX_BROWSER=1a2b; Path=/; HttpOnly, other=x; Expires=Wed, 09 Jun 2027 10:18:14 GMT')
  jar.take('other=y')
  jar.take(undefined)
  expect([jar.header(), jar.value('BAYEUX_BROWSER'), jar.value('none')]).toEqual([
    'BAYEUX_BROWSER=1a2b; other=y',
    '1a2b',
    undefined,
  ])
})
