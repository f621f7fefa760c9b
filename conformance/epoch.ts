/** Never set back, and finer than a millisecond: of two requests under way at once it is to be told which came first. */
export const epochMs = (): number => performance.timeOrigin + performance.now()
