// @ts-check
import { spawn } from 'node:child_process'
import { lstatSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { withLock } from './lock.mjs'

/** What the user reads when the installation failed; never shown with a stack. */
export class InstallFailed extends Error {}

/**
 * npm writes `node_modules/.package-lock.json` last: it is missing after an interrupted installation, too.
 * @param {string} root
 */
export function needsInstall(root) {
  const wanted = modifiedAt(join(root, 'package-lock.json'))
  const installed = modifiedAt(join(root, 'node_modules/.package-lock.json'))
  return installed === undefined || (wanted !== undefined && wanted > installed)
}

/** @param {string} file */
function modifiedAt(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs
}

/**
 * Installs what the lockfile says, once, however many bootstraps start at the same time on a fresh clone.
 * @param {string} root
 * @param {(line: string) => void} say
 * @param {(root: string) => Promise<void>} [install]
 */
export async function installIfNeeded(root, say, install = runNpmCi) {
  if (!needsInstall(root)) return
  if (lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) {
    // npm ci would empty the folder that it points to, which belongs to another checkout.
    throw new InstallFailed(
      'node_modules is a link to an installation that is older than package-lock.json: install there, or remove the link',
    )
  }
  const doIt = async () => {
    if (!needsInstall(root)) return
    say('installing dependencies (npm ci), about half a minute')
    const started = performance.now()
    await install(root)
    say(`installed dependencies in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  }
  await withLock(join(root, '.install-lock'), doIt, () =>
    say('another chatgauge installs the dependencies, waiting for it'),
  )
}

/**
 * @param {string} root
 * @returns {Promise<void>}
 */
function runNpmCi(root) {
  // Not the node of the node_modules that npm ci is about to remove.
  const path = (process.env.PATH ?? '').split(delimiter).filter(folder => !folder.includes('node_modules'))
  return new Promise((resolve, reject) => {
    const npm = spawn('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, PATH: path.join(delimiter) },
    })
    npm.stdout.resume()
    npm.once('error', error =>
      reject(new InstallFailed(`npm cannot be started (${error.message}); it comes with Node`)),
    )
    npm.once('exit', code =>
      code === 0
        ? resolve()
        : reject(
            new InstallFailed(
              `npm ci failed with exit code ${code}; its messages are above. Run it by hand to see more`,
            ),
          ),
    )
  })
}
