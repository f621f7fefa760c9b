import { expect, test } from 'vitest'
import type { ShardOperation, ShardRow } from '../stream/shard-stream.ts'
import { fileOutcome, isToBeRefused } from './file-outcome.ts'

const row = (operation: ShardOperation, sequence: number, status = 200) => ({ operation, sequence, status }) as ShardRow
const ok = '{"statusCode":0,"chatEnded":false,"secureKey":"k"}'
const declined = '{"messages":[],"chatEnded":false,"statusCode":2}'
const over = '{"messages":[],"chatEnded":true,"statusCode":2}'
const same = '{"fileBytes":5,"isSame":true}'

test.each([
  ['an upload that is accepted', row('fileUpload', 0), ok, 'accepted'],
  ['an upload that is refused without a limit', row('fileUpload', 0), declined, 'failed'],
  ['an upload beyond a limit that is refused', row('fileUpload', 201), declined, 'refused'],
  ['an upload beyond a limit that is accepted', row('fileUpload', 201), ok, 'failed'],
  ['an upload of which nobody can know', row('fileUpload', -1), declined, 'refused'],
  ['the same, accepted', row('fileUpload', -1), ok, 'accepted'],
  ['an upload to a chat that is over', row('fileUpload', 0), over, 'over'],
  ['an upload that is answered 413', row('fileUpload', 0, 413), '{"errors":[]}', 'failed'],
  ['a download that is the file', row('fileDownload', 0), same, 'accepted'],
  ['a download that is another file', row('fileDownload', 0), '{"fileBytes":5,"isSame":false}', 'failed'],
  ['a download too many', row('fileDownload', 500, 500), '{"errors":[]}', 'refused'],
  ['a download too many that comes', row('fileDownload', 500), same, 'failed'],
  ['a download that fails', row('fileDownload', 0, 500), '{"errors":[]}', 'failed'],
  ['no answer', row('fileDownload', 0, 0), '', 'failed'],
  ['the limits', row('fileGetLimits', -1), ok, 'accepted'],
  ['the limits, refused', row('fileGetLimits', -1), declined, 'failed'],
  ['a message', row('send', 7), ok, undefined],
] as const)('[CV2-172] %s', (_what, asked, answer, outcome) => {
  expect(fileOutcome(asked, answer)).toBe(outcome)
})

test('what is to be refused is no transfer', () => {
  expect(
    [row('fileUpload', 203), row('fileUpload', 0), row('fileUpload', -1), row('send', 3)].map(isToBeRefused),
  ).toEqual([true, false, false, false])
})
