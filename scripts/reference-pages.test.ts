import { expect, test } from 'vitest'
import { falsificationPage } from './reference-pages/falsification-page.ts'
import { ownOptions, serverOptionsPage } from './reference-pages/server-options-page.ts'
import { metricsPage, optionsPage } from './reference-pages.ts'

test.each([
  ['options', optionsPage],
  ['metrics', metricsPage],
  ['server-options', serverOptionsPage],
])('docs/reference/%s.md is what the code says (vitest -u writes it)', async (name, page) => {
  await expect(page()).toMatchFileSnapshot(`../docs/reference/${name}.md`)
})

test('every option of the reference server’s own has a meaning on its page', () => {
  const page = serverOptionsPage()
  const missing = ownOptions.filter(({ option }) => !page.includes(`| \`${option}\` |`))
  expect([ownOptions.length > 40, missing]).toEqual([true, []])
})

test('docs/falsification.md is the list that the falsification test goes through (vitest -u writes it)', async () => {
  await expect(falsificationPage()).toMatchFileSnapshot('../docs/falsification.md')
})
