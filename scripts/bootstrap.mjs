#!/usr/bin/env node
// @ts-check
// The first thing that runs on a fresh clone, under whatever Node is there: plain JavaScript, built-in modules only.
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { chooseNode, nodePackageFor } from './bootstrap/choose-node.mjs'
import { keepCompiled } from './bootstrap/compile-cache.mjs'
import { InstallFailed, installIfNeeded } from './bootstrap/install.mjs'
import { launch } from './bootstrap/launch.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const tasks = ['test', 'build', 'check', 'bench', 'faults', 'new-case', 'new-fault', 'repeat-conform']

process.exitCode = await bootstrap(process.argv.slice(2)).catch(error => {
  console.error(error instanceof InstallFailed ? `chatgauge: ${error.message}` : error)
  return 2
})

/**
 * @param {readonly string[]} args of the program, or `--task NAME` and the arguments of an npm task
 * @returns {Promise<number>} exit code
 */
async function bootstrap(args) {
  const [first, task, ...taskArguments] = args
  const isTask = first === '--task'
  if (isTask && !tasks.includes(task ?? '')) throw new InstallFailed(`no task ${task}; there are ${tasks.join(', ')}`)
  await installIfNeeded(root, line => console.error(`chatgauge: ${line}`))

  const chosen = chooseNode({
    packaged: packagedNode(),
    running: process.execPath,
    runningVersion: process.versions.node,
  })
  if ('problem' in chosen) throw new InstallFailed(chosen.problem)
  const entry = join(root, 'scripts', isTask ? `tasks/${task}.ts` : 'chatgauge.ts')
  if (!existsSync(entry)) throw new InstallFailed(`this checkout has no ${entry}`)
  const entryArguments = isTask ? taskArguments : args
  keepCompiled(root, process.env)
  if (chosen.path !== process.execPath) return launch(chosen.path, [entry, ...entryArguments])

  // Already the right Node: no second process, so signals and exit code need no passing on.
  process.argv = [process.execPath, entry, ...entryArguments]
  await import(pathToFileURL(entry).href)
  return Number(process.exitCode ?? 0)
}

function packagedNode() {
  const name = nodePackageFor({ platform: process.platform, arch: process.arch, musl: isMusl() })
  const binary = name === undefined ? undefined : join(root, 'node_modules', name, 'bin/node')
  return binary !== undefined && existsSync(binary) ? realpathSync(binary) : undefined
}

function isMusl() {
  return ['x86_64', 'aarch64'].some(arch => existsSync(`/lib/ld-musl-${arch}.so.1`))
}
