export const HELP = `lookalike COMMAND

Commands:
  import PATH --dataset NAME   adds a folder or a zip file of pictures to a dataset

\`lookalike import --help\` tells more. The server must be running: \`npm start\`.`;

export const IMPORT_HELP = `lookalike import PATH --dataset NAME [options]

Adds the pictures of a folder, or of a .zip file, to a dataset of the running server. JPEG, PNG,
WebP, AVIF, GIF and TIFF are taken, up to 100 MB and 100 megapixels each.

  --dataset NAME   the dataset; it is created if there is none of this name
  --title TITLE    what people read, if the dataset is created
  --labels FILE    what is known of the pictures: CSV with a header, or JSON lines (.jsonl). The
                   column "name" (or "file") is the path within PATH; "label" and "split" (train or
                   test) may be there; every other column is kept as metadata
  --split SPLIT    train or test, for all pictures that --labels says nothing else of
  --server URL     where the server answers (http://localhost:4000)
  --report FILE    writes every file that was not taken, and why, as CSV
  --help           this text

The environment variable LOOKALIKE_KEY holds the key that lets you in, of the role CONTRIBUTE or ADMIN;
the page Keys of the console makes one.

Labels: the first folder under PATH is the label of what is in it: cats/1.jpg is a "cats". Where the
folders under PATH are just train and test, those are the split, and the next folder is the label.
Without either, one picture in ten is held out as TEST. A folder that wraps all of a zip file does
not count.

It can be stopped and repeated: what is there already is not added twice. It ends with 0 when every
file was taken, 1 when one was refused or something went wrong, 2 when it was asked wrongly.`;
