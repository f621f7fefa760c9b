import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { renderConformanceJunit } from '../../reports/conformance/junit.ts'
import { sampleResult } from '../../reports/conformance/sample.ts'
import { fetchOrSkip, itWithPeer, runPeer } from './peer-programs.ts'

// A reader of JUnit XML from another world finds the same cases and outcomes in ours.

const it = itWithPeer('python')
const version = '5.0.3'
const read = `
import json, sys
sys.path.insert(0, sys.argv[1])
from junitparser import JUnitXml
found = [[suite.name, case.classname, case.name, [type(each).__name__ for each in case.result]]
         for suite in JUnitXml.fromfile(sys.argv[2]) for case in suite]
json.dump(found, open(sys.argv[3], 'w'))
`

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'chatgauge-peers-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

it('junitparser of PyPI reads each case under its suite, with its outcome', { timeout: 120_000 }, ({ skip }) => {
  const library = join(folder, 'library')
  fetchOrSkip(skip, () =>
    runPeer('python3', ['-m', 'pip', 'install', '-q', '--no-deps', '--target', library, `junitparser==${version}`]),
  )
  const [xml, found] = [join(folder, 'junit.xml'), join(folder, 'found.json')]
  writeFileSync(xml, renderConformanceJunit(sampleResult))
  runPeer('python3', ['-c', read, library, xml, found])
  const cases = JSON.parse(readFileSync(found, 'utf8')) as [string, string, string, string[]][]
  expect(
    cases.map(([suite, classname, name, outcome]) => [suite === classname, name.split(' ')[0], ...outcome]),
  ).toEqual([
    [true, 'CV2-087/after-send'],
    [true, 'CV2-085/middle', 'Failure'],
    [true, 'CV2-086/x', 'Error'],
    [true, 'CV2-088/x'],
    [true, 'PUSH-070/x'],
    [true, 'PUSH-071/x', 'Skipped'],
    [true, 'PUSH-075/x', 'Skipped'],
    [true, 'known', 'Failure'],
  ])
})
