import { expect, test } from 'vitest'
import { falsificationPage } from './reference-pages/falsification-page.ts'
import { metricsPage, optionsPage } from './reference-pages.ts'

test.each([
  ['options', optionsPage],
  ['metrics', metricsPage],
])('docs/reference/%s.md is what the code says (vitest -u writes it)', async (name, page) => {
  await expect(page()).toMatchFileSnapshot(`../docs/reference/${name}.md`)
})

test('docs/falsification.md is the list that the falsification test goes through (vitest -u writes it)', async () => {
  await expect(falsificationPage()).toMatchFileSnapshot('../docs/falsification.md')
})
