import { readdirSync, readFileSync } from 'node:fs'
import { expect, it, test } from 'vitest'
import { readKnownFailing } from '../runner/known-failing.ts'
import { readTargetFile } from './target-file.ts'

const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter(each => each.isDirectory())

it.each(folders.map(each => each.name))('%s is a target', name => {
  const read = (file: string) => readFileSync(new URL(`./${name}/${file}`, import.meta.url), 'utf8')
  expect(readTargetFile(read('target.json'), name).service).not.toBe('')
  expect(readKnownFailing(read('known-failing.json'), name)).toBeInstanceOf(Array)
})

test.each([
  ['{"describes":"a","service":"b"}', 'either "urls" or "start" is needed'],
  ['{"describes":"a","service":"b","urls":["gms:8080"]}', 'urls: an http or https URL is needed'],
  ['{"describes":"a","servce":"b","urls":[]}', 'there is no member "servce", did you mean "service"?'],
  ['{"describes":"a","service":"b","urls":[],"capabilities":["push"]}', 'is no capability'],
  ['{"describes":"a","service":"b","urls":[],"absenceWindow":"5"}', 'absenceWindow: '],
  ['{"describes":"a","service":"b","urls":[],"control":{}}', 'control: "url" is missing'],
  [
    '{"describes":"a","service":"b","urls":[],"nodeApi":{"userVariable":"U"}}',
    'nodeApi: "passwordVariable" is missing',
  ],
  ['[]', 'an object is needed'],
  ['{', 't.json: '],
])('%s is refused', (text, why) => {
  expect(() => readTargetFile(text, 't.json')).toThrow(why)
})
