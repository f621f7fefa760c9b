import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { bundleOptions } from '../scripts/build-scenarios.ts'

/** Bundles `bench/scripts/<file>` as scenarios are bundled, so that both sides run what the same compiler made. */
export async function bundleBareScript(file: string, outfile: string): Promise<void> {
  const entry = fileURLToPath(new URL(`./scripts/${file}`, import.meta.url))
  await build({ ...bundleOptions, entryPoints: [entry], outfile })
}
