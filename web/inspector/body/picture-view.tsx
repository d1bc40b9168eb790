/** A picture that came as a body: pixels only, from memory, and so with no address that anybody else could read. */
import { useEffect, useState } from 'react'
import styles from './body.module.css'

export function PictureView({ octets, type }: { octets: Uint8Array; type: string }) {
  const [address, setAddress] = useState<string | null>(null)
  const [size, setSize] = useState('')
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([octets.slice()], { type }))
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [octets, type])
  return (
    <figure className={styles.picture}>
      {address !== null && (
        <img
          src={address}
          alt={`The body, ${type}`}
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => setSize(`${naturalWidth} × ${naturalHeight}`)}
          onError={() => setSize('the browser cannot read it')}
        />
      )}
      <figcaption>
        {type} {size}
      </figcaption>
    </figure>
  )
}
