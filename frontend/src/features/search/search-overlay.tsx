export default function SearchOverlay(_: { onClose: () => void; onKeys: () => void }) { return null }
