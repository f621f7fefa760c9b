import { expect, test } from 'vitest'
import { contentDisposition } from './content-disposition.ts'

test.each([
  ['note.txt', 'attachment; filename="note.txt"'],
  ['a "b" \\c.txt', `attachment; filename="a \\"b\\" \\\\c.txt"; filename*=UTF-8''a%20%22b%22%20%5Cc.txt`],
  ['счёт.pdf', `attachment; filename="____.pdf"; filename*=UTF-8''%D1%81%D1%87%D1%91%D1%82.pdf`],
  ["it's (1)*.txt", `attachment; filename="it's (1)*.txt"`],
  ['\ud800.txt', `attachment; filename="_.txt"; filename*=UTF-8''%EF%BF%BD.txt`],
])('[CV2-174] %s', (name, header) => {
  expect(contentDisposition(name)).toBe(header)
})
