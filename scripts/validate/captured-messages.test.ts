import { expect, it } from 'vitest'
import { capturedMessages } from './captured-messages.ts'

it.each([
  ['one message', '{\n  "deviceId": "x"\n}\n', ['c']],
  ['an array', '[{"a":1},\n{"b":2}]', ['c#1', 'c#2']],
  ['one a line, with empty lines', '{"a":1}\n\n{"b":2}\n', ['c:1', 'c:3']],
  ['one a line, the second one broken', '{"a":1}\n{"b":\n', ['c:1', 'c:2']],
  ['frames, one a line', '[{"a":1}]\n[{"b":2},{"c":3}]\n', ['c:1#1', 'c:2#1', 'c:2#2']],
  ['forms', 'userId=1&message=hi\nuserId=1\n', ['c:1', 'c:2']],
  ['one broken message of several lines', '{\n  "a": 1,,\n}', ['c']],
  ['nothing', '\n \n', []],
])('%s', (_, text, places) => {
  expect(capturedMessages('c', text).map(each => each.place)).toEqual(places)
})
