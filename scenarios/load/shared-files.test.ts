import { expect, test } from 'vitest'
import { type FileTurn, learnt, nextFileTurn, noFiles, type SharedFiles } from './shared-files.ts'

const limits = {
  'download-attempts': '10',
  'upload-max-files': '3',
  'upload-max-file-size': '1000',
  'upload-max-total-size': '2500',
  'upload-need-agent': 'false',
  'upload-file-types': 'txt:pdf',
}
const limitsAnswer = (changes: Record<string, string> = {}) =>
  JSON.stringify({ statusCode: 0, messages: [{ userData: { ...limits, ...changes } }] })
const accepted = (fileId: string) => JSON.stringify({ statusCode: 0, userData: { 'file-id': fileId } })
const refused = JSON.stringify({ statusCode: 2, chatEnded: false })

/** A target that keeps the limits which it tells. */
function play(turns: number, answerOf: string, bytes = 100): { told: string[]; files: SharedFiles } {
  let files = noFiles()
  const told: string[] = []
  for (let n = 0; n < turns; n++) {
    const turn = nextFileTurn(files, bytes)
    told.push(`${turn.operation} ${describe(turn)}`)
    const body = turn.operation === 'fileGetLimits' ? answerOf : turn.expected > 0 ? refused : accepted(`f${n}`)
    const status = turn.operation === 'fileDownload' && turn.expected > 0 ? 500 : 200
    files = learnt(files, turn, status, body)
  }
  return { told, files }
}

function describe(turn: FileTurn): string {
  if (turn.operation === 'fileGetLimits') return ''
  const what = turn.operation === 'fileUpload' ? turn.name : turn.fileId
  return `${what} ${turn.bytes} → ${turn.expected}`
}

test('[CV2-168] [CV2-169] [CV2-170] a customer asks, uploads and downloads by turns and goes beyond each limit', () => {
  expect(play(14, limitsAnswer()).told).toEqual([
    'fileGetLimits ',
    'fileUpload file.txt 100 → 0',
    'fileDownload f1 100 → 0',
    'fileUpload program.exe 100 → 203',
    'fileDownload f1 100 → 0',
    'fileUpload file.txt 100 → 0',
    'fileDownload f5 100 → 0',
    'fileUpload file.txt 1001 → 202',
    'fileDownload f5 100 → 0',
    'fileUpload file.txt 100 → 0',
    ...Array(4).fill('fileDownload f9 100 → 0'),
  ])
})

test('[CV2-177] with all files uploaded it tries one more now and then, and downloads until it may not any more', () => {
  const { told } = play(22, limitsAnswer())
  expect(told.slice(10)).toEqual([
    ...Array(8).fill('fileDownload f9 100 → 0'),
    'fileUpload file.txt 100 → 201',
    ...Array(2).fill('fileDownload f9 100 → 0'),
    'fileDownload f9 100 → 500',
  ])
})

test('a file is never larger than the limit for one, and what is too much for all is to be refused', () => {
  const { told } = play(8, limitsAnswer({ 'upload-max-files': '9' }), 5000)
  expect(told.filter(each => each.startsWith('fileUpload'))).toEqual([
    'fileUpload file.txt 1000 → 0',
    'fileUpload program.exe 1000 → 203',
    'fileUpload file.txt 1000 → 0',
    'fileUpload file.txt 1001 → 202',
  ])
  const total = play(10, limitsAnswer({ 'upload-max-files': '9' }), 5000).told.at(-1)
  expect(total).toBe('fileUpload file.txt 1000 → 202')
})

test('[CV2-171] where an agent is needed nobody can know of the first upload, and after a refusal it is tried again', () => {
  const asked = learnt(
    noFiles(),
    { operation: 'fileGetLimits', expected: -1 },
    200,
    limitsAnswer({ 'upload-need-agent': 'true' }),
  )
  const first = nextFileTurn(asked, 100)
  expect(first).toEqual({ operation: 'fileUpload', name: 'file.txt', bytes: 100, expected: -1 })
  const second = nextFileTurn(learnt(asked, first, 200, refused), 100)
  expect(second).toMatchObject({ operation: 'fileUpload', expected: 203 })
})

test('limits that are large are not exceeded by size, and a target without limits is asked again', () => {
  const large = play(8, limitsAnswer({ 'upload-max-file-size': '2097152', 'upload-max-total-size': '5242880' })).told
  expect(large[7]).toBe('fileUpload file.txt 100 → 0')
  expect(play(2, '<html>').told).toEqual(['fileGetLimits ', 'fileGetLimits '])
})
