import { FilePdfOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import { desk } from '../app/client.ts'
import { type KeptFile, keepThumbnail } from './kept-file.ts'
import './attachments.css'

type Shown = Pick<KeptFile, 'sha256' | 'mediaType' | 'name'>

interface BlobPictureProps {
  blob: Blob
  alt: string
  className: string
}

/** A picture the desk handed over; its address lives as long as it is shown. */
export function BlobPicture({ blob, alt, className }: BlobPictureProps) {
  const picture = useRef<HTMLImageElement>(null)
  useEffect(() => {
    const address = URL.createObjectURL(blob)
    if (picture.current) picture.current.src = address
    return () => URL.revokeObjectURL(address)
  }, [blob])
  return <img ref={picture} className={className} alt={alt} />
}

/** A kept file never changes, so it is asked for once. */
export function useKeptBlob(sha256: string) {
  return useQuery({
    queryKey: ['kept-file', sha256],
    queryFn: () => desk.attachments.file({ sha256 }),
    staleTime: Infinity,
    retry: false,
    meta: { quiet: true },
  })
}

/** The small picture; where there is none yet, the file itself, of which one is then made. */
async function readSmall(file: Shown): Promise<Blob> {
  const small = await desk.attachments.thumbnail({ sha256: file.sha256 })
  if (small) return small
  const whole = await desk.attachments.file({ sha256: file.sha256 })
  void keepThumbnail(file, whole)
  return whole
}

/** A kept file, small. A paper shows its kind; a file that is gone says so. */
export function Thumbnail({ file, alt }: { file: Shown; alt: string }) {
  const { t } = useTranslation()
  const isPicture = file.mediaType.startsWith('image/')
  const small = useQuery({
    queryKey: ['thumbnail', file.sha256],
    queryFn: () => readSmall(file),
    staleTime: Infinity,
    enabled: isPicture,
    retry: false,
    meta: { quiet: true },
  })
  if (!isPicture) {
    return (
      <span className="thumbnail thumbnail-paper">
        <FilePdfOutlined aria-hidden="true" /> PDF
        <span className="sr-only">{alt}</span>
      </span>
    )
  }
  if (small.error) {
    return <span className="thumbnail thumbnail-lost">{t('attachments:lost')}</span>
  }
  return small.data ? (
    <BlobPicture className="thumbnail" blob={small.data} alt={alt} />
  ) : (
    <span className="thumbnail" aria-hidden="true" />
  )
}
