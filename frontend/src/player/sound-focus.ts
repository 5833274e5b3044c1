/** One thing is heard at a time: whoever begins to play takes the sound from whoever had it. */
let holder: { readonly owner: object; readonly yieldSound: () => void } | null = null

/** `yieldSound` is called once, when another owner begins. */
export function takeSound(owner: object, yieldSound: () => void): void {
  if (holder?.owner === owner) return
  const before = holder
  holder = { owner, yieldSound }
  before?.yieldSound()
}

export function releaseSound(owner: object): void {
  if (holder?.owner === owner) holder = null
}
