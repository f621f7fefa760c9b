import { expect, test } from 'vitest'
import { optionsForTests } from './bayeux-for-tests.ts'
import { cookieValue, setCookie } from './browser-cookie.ts'

test.each([
  [undefined, ''],
  ['', ''],
  ['BAYEUX_BROWSER=a', 'a'],
  ['x=1;BAYEUX_BROWSER=a=b; y=2', 'a=b'],
  ['XBAYEUX_BROWSER=a; BAYEUX_BROWSER2=b', ''],
  ['BAYEUX_BROWSER', ''],
])('[BX-120] [BX-122] the header %j has the value %j', (header, value) => {
  expect(cookieValue(header, 'BAYEUX_BROWSER')).toBe(value)
})

test('[BX-120] the cookie has the attributes that the options give it', () => {
  const { cookie } = optionsForTests
  expect(setCookie(cookie, 'a')).toBe('BAYEUX_BROWSER=a; Path=/; HttpOnly')
  const all = { ...cookie, domain: 'shop.example', maxAge: 60, secure: true, sameSite: 'None' }
  expect(setCookie(all, 'a')).toBe(
    'BAYEUX_BROWSER=a; Path=/; Domain=shop.example; Max-Age=60; HttpOnly; Secure; SameSite=None',
  )
})
