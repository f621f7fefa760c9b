import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { bundleOptions } from '../scripts/build-scenarios.ts'

const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url))

/** Bundles async-chat as it is, but for the report to the collector, which only counts. */
export async function bundleCountingScenario(outfile: string): Promise<void> {
  const { metafile } = await build({
    ...bundleOptions,
    entryPoints: [pathOf('../scenarios/async-chat.ts')],
    outfile,
    metafile: true,
    plugins: [
      {
        name: 'counting-report',
        setup: ({ onResolve }) =>
          onResolve({ filter: /\/collector-report\.ts$/ }, () => ({ path: pathOf('./scripts/counting-report.ts') })),
      },
    ],
  })
  if (!Object.keys(metafile.inputs).some(input => input.endsWith('counting-report.ts')))
    throw new Error('the scenario reports in another way now: nothing was replaced')
}
