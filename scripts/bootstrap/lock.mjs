// @ts-check
import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

const lookAgainAfterMs = 100

/**
 * Runs `work` while no other process of this machine holds the lock. A holder that died gives it up: the file carries
 * its process id.
 * @template T
 * @param {string} file
 * @param {() => Promise<T> | T} work
 * @param {() => void} [onWait] called once when another process holds it
 * @returns {Promise<T>}
 */
export async function withLock(file, work, onWait) {
  for (let told = false; !tryLock(file); await wait(lookAgainAfterMs)) {
    if (!told) onWait?.()
    told = true
  }
  try {
    return await work()
  } finally {
    unlinkSync(file)
  }
}

/**
 * A file that is written first and linked into place afterwards is never seen without its content.
 * @param {string} file
 */
function tryLock(file) {
  const own = `${file}.${process.pid}.${Math.trunc(performance.now() * 1000)}`
  writeFileSync(own, String(process.pid))
  try {
    linkSync(own, file)
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
    removeIfDead(file)
    return false
  } finally {
    unlinkSync(own)
  }
}

/** @param {string} file */
function removeIfDead(file) {
  const aside = `${file}.${process.pid}.dead`
  try {
    if (isAlive(Number(readFileSync(file, 'utf8')))) return
    // Two waiters may see the same dead holder; the slower one must not remove the lock that the faster one has taken.
    renameSync(file, aside)
    if (isAlive(Number(readFileSync(aside, 'utf8')))) linkSync(aside, file)
    unlinkSync(aside)
  } catch {
    // Released between our two looks at it.
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}
