/** The mark: a beam of light from a small lens, in the lamp's colour. */
export const Mark = ({ className = 'size-6' }: { className?: string }) => (
  <svg viewBox="4 6 24 20" className={className} fill="var(--mark)" aria-hidden="true">
    <path d="M13.4 13.6 27 7.2v17.6l-13.6-6.4z" />
    <circle cx="9" cy="16" r="4.2" />
  </svg>
)
