"""What stands where on a sheet and on the cover of a batch, worked out once for the page and for the PDF.

Free of any format. ``sheet`` puts the parts of a sheet together, each of which has its module, and ``cover``
those of a cover. What stands on a checklist at all is the domain's matter.
"""
