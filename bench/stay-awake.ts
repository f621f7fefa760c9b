/**
 * Keeps this process from sleeping until the returned function is called. Whoever writes to a socket of a sleeping peer
 * pays for its wake-up, 5 to 10 µs in a virtual machine: a cost that falls on the process under test and depends only on
 * how idle the bench's side is.
 */
export function stayAwake(): () => void {
  let isAwake = true
  const turn = () => {
    if (isAwake) setImmediate(turn)
  }
  turn()
  return () => {
    isAwake = false
  }
}
