import { expect, test } from 'vitest'
import { metricsPage, optionsPage } from './reference-pages.ts'

test.each([
  ['options', optionsPage],
  ['metrics', metricsPage],
])('docs/reference/%s.md is what the code says (vitest -u writes it)', async (name, page) => {
  await expect(page()).toMatchFileSnapshot(`../docs/reference/${name}.md`)
})
