// @ts-check
import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const passedOn = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * Runs the real program under the chosen Node with our own terminal. Signals are passed on; from a terminal the program
 * then sees Ctrl-C more than once within milliseconds and must count that as one.
 * @param {string} node
 * @param {readonly string[]} args
 * @returns {Promise<number>} its exit code; 128 + signal when a signal ended it, as shells do
 */
export function launch(node, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, args, { stdio: 'inherit' })
    for (const signal of passedOn) process.on(signal, () => child.kill(signal))
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(signal ? 128 + constants.signals[signal] : (code ?? 1)))
  })
}
