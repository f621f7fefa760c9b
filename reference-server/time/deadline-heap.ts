/** A thing that waits in at most one heap, at most once. */
export interface Waiting {
  /** Instant for which it is queued; only the heap writes it. */
  queuedForMs: number
  /** Place in the heap, -1 = not queued; only the heap writes it. */
  heapIndex: number
}

/** Binary heap by instant that knows each item's place, so that an item can be moved instead of queued twice. */
export interface DeadlineHeap<Item extends Waiting> {
  readonly size: number
  first(): Item | undefined
  /** Queues the item, or moves it. */
  put(item: Item, atMs: number): void
  remove(item: Item): void
}

export function createDeadlineHeap<Item extends Waiting>(): DeadlineHeap<Item> {
  const items: Item[] = []

  function place(item: Item, index: number): void {
    items[index] = item
    item.heapIndex = index
  }

  function rise(item: Item, from: number): void {
    let index = from
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = items[parent]!
      if (above.queuedForMs <= item.queuedForMs) break
      place(above, index)
      index = parent
    }
    place(item, index)
  }

  function sink(item: Item, from: number): void {
    let index = from
    for (;;) {
      let child = 2 * index + 1
      if (child >= items.length) break
      if (child + 1 < items.length && items[child + 1]!.queuedForMs < items[child]!.queuedForMs) child++
      const below = items[child]!
      if (below.queuedForMs >= item.queuedForMs) break
      place(below, index)
      index = child
    }
    place(item, index)
  }

  function settle(item: Item, index: number): void {
    rise(item, index)
    if (item.heapIndex === index) sink(item, index)
  }

  return {
    get size() {
      return items.length
    },
    first: () => items[0],
    put(item, atMs) {
      item.queuedForMs = atMs
      if (item.heapIndex < 0) items.push(item)
      settle(item, item.heapIndex < 0 ? items.length - 1 : item.heapIndex)
    },
    remove(item) {
      const index = item.heapIndex
      if (index < 0) return
      item.heapIndex = -1
      const last = items.pop()!
      if (last !== item) settle(last, index)
    },
  }
}
