import { expect, test } from 'vitest'
import { md } from './markdown.ts'

test.each([
  ['a *b* _c_ `d` [e](f) ~g~', 'a \\*b\\* \\_c\\_ \\`d\\` \\[e\\](f) \\~g\\~'],
  ['push_latency p99 is 2 %', 'push_latency p99 is 2 %'],
  ['$x$ !12 #12 @team %12 &lt;', '\\$x\\$ \\!12 \\#12 &#64;team \\%12 &amp;lt;'],
  ['<b> | </details>', '&lt;b> \\| &lt;/details>'],
  ['https://example.com www.example.com', 'https:&#47;&#47;example.com www&#46;example.com'],
  ['- item', '\\- item'],
  ['1. item', '1\\. item'],
  ['> quote', '\\> quote'],
  ['12.5 ms\nmore', '12.5 ms more'],
])('%s is written as text', (text, written) => {
  expect(md(text)).toBe(written)
})
